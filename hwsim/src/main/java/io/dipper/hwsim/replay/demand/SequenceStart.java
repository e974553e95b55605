package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.UnitUsage;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.CacheStart;
import org.jspecify.annotations.Nullable;

/**
 * What the caches of a point hold when a sequence begins.
 *
 * @param hot where prefilled caches take their units from; may be null for any other kind
 */
public record SequenceStart(CacheStart kind, @Nullable HotUnits hot) {
  /** Nothing. */
  public static final SequenceStart COLD = new SequenceStart(CacheStart.COLD, null);

  public SequenceStart {
    if (kind == CacheStart.PREFILLED && hot == null) {
      throw new IllegalArgumentException("prefilled caches need units to hold");
    }
  }

  /** How often the masks of a policy's group select units; null where there is no trace. */
  @Nullable UnitUsage usage(MaskPolicy policy, int group, int layer) {
    return hot == null ? null : trace -> hot.used().mostUsed(policy, group, layer, trace);
  }

  /**
   * What a cache of a capacity has seen beforehand, as one mask; null where it has seen nothing.
   */
  @Nullable UnitSet prefill(int layer, UnitGroup group, int capacity) {
    return switch (kind) {
      case PREFILLED -> hot == null ? null : hot.hottest(layer, group, capacity);
      case PROMPTED -> all(group);
      case COLD, CARRIED, UNRECOGNIZED -> null;
    };
  }

  /** The mask of a dense prompt; which of its units stay is the cache's choice. */
  private static UnitSet all(UnitGroup group) {
    UnitSet all = new UnitSet(group.units());
    all.fill();
    return all;
  }
}
