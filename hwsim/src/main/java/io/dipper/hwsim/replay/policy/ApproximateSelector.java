package io.dipper.hwsim.replay.policy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.KeySelection;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import org.jspecify.annotations.Nullable;

/**
 * The selection of approximate caching. With T_n, T_k, T_m the n, k and m largest units (n by raw
 * score), the mask is T_n, filled up to exactly k from T_k ∩ cache, then T_m ∩ cache, then T_k \
 * cache, each in descending score. With gamma > 0 the score is mixed, in float32, with how often a
 * unit was used.
 */
final class ApproximateSelector implements ScoreSelector {
  private final float own;
  private final float used;
  private final int n;
  private final int k;
  private final int m;
  private final TopK topK;
  private final int[] keys;
  private final UnitSet topKSet;
  private final UnitSet topMSet;
  private final UnitSet among;
  private final KeySelection selection;

  ApproximateSelector(double gamma, int n, int k, int m, int units) {
    this.own = (float) (1 - gamma);
    this.used = (float) gamma;
    this.n = n;
    this.k = k;
    this.m = m;
    this.topK = new TopK(units);
    this.keys = new int[units];
    this.topKSet = new UnitSet(units);
    this.topMSet = new UnitSet(units);
    this.among = new UnitSet(units);
    this.selection = KeySelection.create(units);
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = TopK.key(scores[i]);
    }
    if (position == 0) {
      topK.select(keys, k, mask);
      return;
    }
    topK.select(keys, n, mask);
    if (used > 0) {
      mixWithUses(cache);
    }
    topK.select(keys, k, topKSet);
    topK.select(keys, m, topMSet);
    fillUp(null, cache.cached(), mask);
  }

  /** Recorded magnitudes are compared as keys, unless they are mixed with something else. */
  @Override
  public void select(RecordedRow row, int position, CacheView cache, UnitSet mask) {
    if (position == 0) {
      selection.largest(row, k, mask);
    } else if (used > 0) {
      select(row.values(), position, cache, mask);
    } else {
      selection.largest(row, n, mask);
      selection.largest(row, k, topKSet);
      selection.largest(row, m, topMSet);
      fillUp(row, cache.cached(), mask);
    }
  }

  /**
   * Fills the mask, T_n, up to k.
   *
   * @param row that is compared by its own keys; null to compare those that were made of scores
   */
  private void fillUp(@Nullable RecordedRow row, UnitSet cached, UnitSet mask) {
    int selected = Math.min(n, keys.length);
    selected += fill(row, topKSet, cached, false, k - selected, mask);
    selected += fill(row, topMSet, cached, false, k - selected, mask);
    fill(row, topKSet, cached, true, k - selected, mask);
  }

  private void mixWithUses(CacheView cache) {
    int[] counts = cache.useCounts();
    if (counts == null) {
      throw new UserException(
          "policy approximate with gamma above 0 needs a cache that counts uses; choose lfu");
    }
    int max = 0;
    for (int count : counts) {
      max = Math.max(max, count);
    }
    float divisor = max + 1e-7f;
    for (int i = 0; i < keys.length; i++) {
      float uses = counts[i] / divisor;
      keys[i] = TopK.key(used * uses + own * Float.intBitsToFloat(keys[i]));
    }
  }

  /** Adds up to {@code rest} of the top units that are (or are not) cached; returns how many. */
  private int fill(
      @Nullable RecordedRow row,
      UnitSet top,
      UnitSet cached,
      boolean uncached,
      int rest,
      UnitSet mask) {
    if (rest <= 0) {
      return 0;
    }
    long flip = uncached ? -1L : 0;
    int available = 0;
    for (int w = 0; w < among.words().length; w++) {
      long word = top.words()[w] & (cached.words()[w] ^ flip) & ~mask.words()[w];
      among.words()[w] = word;
      available += Long.bitCount(word);
    }
    if (row == null) {
      topK.addLargest(keys, among, rest, mask);
    } else {
      selection.addLargest(row.keys(), among, rest, mask);
    }
    return Math.min(available, rest);
  }
}
