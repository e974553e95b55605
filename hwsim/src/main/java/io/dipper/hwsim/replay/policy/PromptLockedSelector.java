package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * Selects everything in tokens that run dense, and in all others the k units with the largest
 * {@code s_j = ‖(z_tj / ‖z_t‖)_t‖₂} over the dense tokens t of the sequence so far. Sums are of
 * doubles in the order of tokens; the squares of s are compared as float32, ties going to the
 * lowest index. A token of zeroes counts nothing.
 */
final class PromptLockedSelector implements ScoreSelector {
  private final int k;
  private final int prompt;
  private final int renew;
  private final double[] squares;
  private final int[] keys;
  private final TopK topK;
  private final UnitSet locked;
  private boolean stale;

  /**
   * @param units the number N of units
   * @param prompt tokens at the beginning of a sequence that run dense
   * @param renew of the tokens after them each so many-th runs dense; 0 for none
   */
  PromptLockedSelector(int k, int units, int prompt, int renew) {
    this.k = k;
    this.prompt = prompt;
    this.renew = renew;
    this.squares = new double[units];
    this.keys = new int[units];
    this.topK = new TopK(units);
    this.locked = new UnitSet(units);
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    if (runsDense(position)) {
      see(scores, position);
      mask.fill();
    } else {
      answer(mask);
    }
  }

  @Override
  public void select(RecordedRow row, int position, CacheView cache, UnitSet mask) {
    if (runsDense(position)) {
      select(row.values(), position, cache, mask);
    } else {
      answer(mask);
    }
  }

  private boolean runsDense(int position) {
    return position < prompt || (renew > 0 && (position - prompt + 1) % renew == 0);
  }

  private void see(float[] values, int position) {
    if (position == 0) {
      Arrays.fill(squares, 0);
    }
    stale = true;
    double norm = 0;
    for (float value : values) {
      norm += (double) value * value;
    }
    if (norm == 0) {
      return;
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] += (double) values[i] * values[i] / norm;
    }
  }

  private void answer(UnitSet mask) {
    if (stale) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = TopK.key((float) squares[i]);
      }
      topK.select(keys, k, locked);
      stale = false;
    }
    mask.copyFrom(locked);
  }
}
