package io.dipper.verifier.live;

import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The live activations that masks look at later than where they are made: at another site of the
 * layer, or in a later layer. Kept as the forward pass makes them, before a mask leaves any out,
 * and no longer than they are looked at: 4 bytes per value of the sequences that are on their way.
 */
final class LiveActivations {
  private final ModelShape shape;
  private final Map<Site, Integer> layersBack = new EnumMap<>(Site.class);
  private final Map<Key, float[]> kept = new HashMap<>();

  private record Key(Site site, int layer, int sequence) {}

  /**
   * @param groups whose signals are kept
   */
  LiveActivations(List<UnitGroup> groups, ModelShape shape) {
    this.shape = shape;
    for (UnitGroup group : groups) {
      for (Signal signal : group.signals()) {
        if (!isMadeWhere(signal, group)) {
          layersBack.merge(signal.site(), signal.layersBack(), Math::max);
        }
      }
    }
  }

  /** Whether a group's mask is applied to the very activations that it looks at. */
  private static boolean isMadeWhere(Signal signal, UnitGroup group) {
    return signal.equals(Signal.of(group.valueSite()));
  }

  /** Whether a site's activations are looked at later. */
  boolean keeps(Site site) {
    return layersBack.containsKey(site);
  }

  /** Takes in what the forward pass has made, row-major. */
  void take(Site site, int layer, LiveChunk chunk, float[] values) {
    Integer back = layersBack.get(site);
    if (back == null) {
      return;
    }
    int width = site.width(shape);
    float[] all =
        kept.computeIfAbsent(
            new Key(site, layer, chunk.sequence()), key -> new float[chunk.length() * width]);
    System.arraycopy(values, 0, all, chunk.position() * width, chunk.rows() * width);
    if (chunk.last()) {
      kept.remove(new Key(site, layer - back - 1, chunk.sequence()));
    }
  }

  /** A whole sequence of a signal, as far as it was made, row-major. */
  float[] of(Signal signal, int layer, int sequence) {
    float[] values = kept.get(new Key(signal.site(), signal.layer(layer), sequence));
    if (values == null) {
      throw new IllegalStateException(signal.id() + " was not made yet, or is gone");
    }
    return values;
  }

  /** Forgets a sequence, which has passed all layers. */
  void release(int sequence) {
    kept.keySet().removeIf(key -> key.sequence == sequence);
  }

  /** How many values are kept, for tests. */
  long values() {
    return kept.values().stream().mapToLong(values -> values.length).sum();
  }
}
