package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import java.util.List;

/**
 * The masks of the layer before the one that is played, chosen once more: layers are replayed apart
 * from one another, and a guess looks at these.
 */
final class MasksBefore {
  private final CachePlayer cache;
  private final KeptMasks kept;
  private final RecordedMasks masks;

  /**
   * @param strand any of those that share the masks
   * @param signals of the layer that is played
   */
  MasksBefore(Strand strand, LayerSignals signals) {
    int layer = signals.layer() - 1;
    ReplayPoint point = strand.point().maskSource();
    Place place = strand.place(layer);
    this.kept = new KeptMasks(strand.declared().units());
    this.cache = CachePlayer.unguessed(point, place, List.of());
    this.masks =
        new RecordedMasks(
            signals.before(),
            new MaskLoop(strand.selector(layer), cache.view(), List.of(cache, kept)));
  }

  LikelyMasks masks() {
    return kept;
  }

  void begin() {
    cache.begin();
  }

  /** Chooses the masks of the sequence's next rows; see {@link RowVisitor#visit}. */
  void play(int first, int position, int count) {
    kept.begin(first, count);
    masks.play(first, position, count);
  }
}
