package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.KeySelection;
import io.dipper.hwsim.replay.select.MergedRanks;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * DIP-CA's selection: top-k of the scores, those of uncached units multiplied by gamma, except the
 * {@code fixed} largest. All in float32: gamma is rounded, then one multiplication.
 */
final class CacheAwareSelector implements ScoreSelector {
  private final Gamma gamma;
  private final int k;
  private final int fixed;
  private final TopK topK;
  private final int[] keys;
  private final UnitSet largest;
  private final MergedRanks ranks;
  private final KeySelection selection;
  private final UnitSet favoured;
  private final float[] factors = {0, 1};

  CacheAwareSelector(Gamma gamma, int k, int fixed, int units) {
    this(gamma, gamma.ranks(), k, fixed, units);
  }

  /**
   * @param ranks the order of recorded scores under the final gamma
   */
  CacheAwareSelector(Gamma gamma, MergedRanks ranks, int k, int fixed, int units) {
    this.ranks = ranks;
    this.selection = KeySelection.create(units);
    this.favoured = new UnitSet(units);
    this.gamma = gamma;
    this.k = k;
    this.fixed = fixed;
    this.topK = new TopK(units);
    this.keys = new int[units];
    this.largest = new UnitSet(units);
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    if (position == 0 || fixed > 0) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = TopK.key(scores[i]);
      }
    }
    if (position == 0) {
      topK.select(keys, k, mask);
      return;
    }
    if (fixed > 0) {
      topK.select(keys, fixed, largest);
    }
    factors[0] = (float) gamma.at(position);
    weigh(scores, cache.cached());
    topK.select(keys, k, mask);
  }

  /** Recorded scores are ranked by a table, once gamma is warm. */
  @Override
  public void select(RecordedRow row, int position, CacheView cache, UnitSet mask) {
    UnitSet cached = cache.cached();
    if (position == 0) {
      selection.largest(row, k, mask);
    } else if ((float) gamma.at(position) != ranks.factor()) {
      select(row.values(), position, cache, mask);
    } else if (fixed == 0) {
      selection.select(row.keys(), cached, ranks, k, mask);
    } else {
      selection.largest(row, fixed, largest);
      for (int w = 0; w < favoured.words().length; w++) {
        favoured.words()[w] = cached.words()[w] | largest.words()[w];
      }
      selection.select(row.keys(), favoured, ranks, k, mask);
    }
  }

  /** Makes the keys those of the weighed scores, a word of units at a time. */
  private void weigh(float[] scores, UnitSet cached) {
    long[] words = cached.words();
    for (int w = 0; w < words.length; w++) {
      long kept = words[w] | largest.words()[w];
      int from = w << 6;
      int to = Math.min(from + 64, keys.length);
      for (int i = from; i < to; i++) {
        keys[i] = TopK.key(scores[i] * factors[(int) kept & 1]);
        kept >>>= 1;
      }
    }
  }
}
