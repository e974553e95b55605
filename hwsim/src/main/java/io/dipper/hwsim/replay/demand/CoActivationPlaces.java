package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.layout.CoActivation;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.UnitOrder;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The places of {@link CoActivation} order, from a recording: units that its tokens select together
 * lie side by side. Looked at are at most 256 tokens, evenly spread, and of each the half of the
 * units that is largest in magnitude: half, because the order must serve masks of any density
 * (files are laid out once), and a coin's fall tells most about who goes with whom.
 *
 * <p>A layer's and group's places are computed when they are first asked for, and kept: 4 bytes per
 * unit. Safe for use by many threads.
 */
public final class CoActivationPlaces implements UnitPlaces {
  private final Recording recording;
  private final ConcurrentHashMap<Key, Lazy> places = new ConcurrentHashMap<>();

  private record Key(int layer, Site site) {}

  public CoActivationPlaces(Recording recording) {
    this.recording = recording;
  }

  @Override
  public UnitOrder order() {
    return UnitOrder.CO_ACTIVATION;
  }

  /**
   * @throws io.dipper.error.UserException if the site was not recorded
   */
  @Override
  public int[] of(int layer, UnitGroup group) {
    Key key = new Key(layer, group.valueSite());
    return places.computeIfAbsent(key, k -> new Lazy()).of(recording, key);
  }

  /** Computed by the first thread that comes; others that want the same wait. */
  private static final class Lazy {
    private int[] placeOfUnit = {};

    synchronized int[] of(Recording recording, Key key) {
      if (placeOfUnit.length == 0) {
        placeOfUnit = CoActivation.places(masks(recording.column(key.layer, key.site)));
      }
      return placeOfUnit;
    }
  }

  /** For each unit, a bit for each token that selects it. */
  private static long[] masks(SiteColumn column) {
    int units = column.width();
    int tokens = Math.min(CoActivation.TOKENS, column.rows());
    long[] masks = new long[units * CoActivation.WORDS];
    short[] bits = new short[units];
    float[] scores = new float[units];
    int[] keys = new int[units];
    TopK topK = new TopK(units);
    UnitSet mask = new UnitSet(units);
    for (int t = 0; t < tokens; t++) {
      column.read((int) ((long) t * column.rows() / tokens), bits);
      Fp16.decode(bits, 0, scores, 0, bits.length);
      for (int i = 0; i < units; i++) {
        keys[i] = TopK.key(scores[i]);
      }
      topK.select(keys, units / 2, mask);
      for (int i = mask.next(0); i >= 0; i = mask.next(i + 1)) {
        masks[i * CoActivation.WORDS + (t >>> 6)] |= 1L << t;
      }
    }
    return masks;
  }
}
