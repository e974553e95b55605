package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Recording;
import java.util.Arrays;
import java.util.List;

/**
 * The masks of one point's group in one layer, one after another: for walking a replay in step with
 * a live run. Not safe for use by many threads.
 */
public final class ReplayMasks {
  private final CachePlayer cache;
  private final KeptMasks kept;
  private final RecordedMasks masks;
  private final int[] lengths;
  private final int rows;
  private int sequence;
  private int position;
  private int row;
  private int selected;
  private int hits;

  /**
   * @param group the index of the group in the point's policy
   * @throws io.dipper.error.UserException if a site was not recorded, or the cache must see the
   *     future
   */
  public ReplayMasks(Recording recording, ReplayPoint point, int layer, int group) {
    MaskPolicy policy = point.policy();
    UnitGroup declared = policy.groups().get(group);
    Place place = new Place(layer, recording.model().getLayers(), group);
    this.cache = CachePlayer.unguessed(point, place, List.of(this::count));
    this.kept = new KeptMasks(declared.units());
    this.masks =
        new RecordedMasks(
            new RecordedSignals(recording, layer, declared.signals()),
            new MaskLoop(policy.selector(layer, declared), cache.view(), List.of(cache, kept)));
    this.lengths = recording.sequenceLengths();
    this.rows = Arrays.stream(lengths).sum();
  }

  private void count(Access access) {
    selected = access.wanted().cardinality();
    hits = access.wanted().intersectionSize(access.present());
  }

  /** Whether there is another row. */
  public boolean hasNext() {
    return row < rows;
  }

  /** The mask of the next row, valid until the one after it. */
  public UnitSet next() {
    while (position == lengths[sequence]) {
      sequence++;
      position = 0;
    }
    if (position == 0) {
      cache.begin();
    }
    kept.begin(row, 1);
    masks.play(row, position++, 1);
    return kept.of(row++);
  }

  /** Its selected units. */
  public int selected() {
    return selected;
  }

  /** How many of them were cached. */
  public int hits() {
    return hits;
  }
}
