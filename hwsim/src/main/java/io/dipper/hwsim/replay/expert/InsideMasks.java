package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.select.LiveRow;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes masks inside experts, each from the scores of one expert's units, in replays and in live
 * runs. Not safe for use by many threads.
 */
public final class InsideMasks {
  private final MaskSelector[] selectors;
  private final UnitCache noCache;
  private final float[] scores;
  private final Signals signals;
  private final UnitSet mask;

  /**
   * @param layers how many have experts
   */
  public InsideMasks(MaskInside inside, int layers) {
    int units = inside.group().units();
    this.selectors =
        IntStream.range(0, layers).mapToObj(inside::selector).toArray(MaskSelector[]::new);
    this.noCache = Caches.none(units);
    this.scores = new float[units];
    this.signals = new Signals(List.of(new LiveRow(scores)));
    this.mask = new UnitSet(units);
  }

  /** The number I_e of units. */
  public int units() {
    return scores.length;
  }

  /**
   * The mask inside an expert, valid until the next call.
   *
   * @param layer counted among those that have experts
   * @param values that hold the scores
   * @param from where those of the expert begin
   */
  public UnitSet mask(int layer, float[] values, int from) {
    System.arraycopy(values, from, scores, 0, scores.length);
    selectors[layer].select(signals, noCache, mask);
    return mask;
  }
}
