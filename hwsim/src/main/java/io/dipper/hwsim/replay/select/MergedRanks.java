package io.dipper.hwsim.replay.select;

import io.dipper.trace.Fp16;

/**
 * The order of fp16 magnitudes in two populations, of which one, the favoured, keeps its scores,
 * and the other has them multiplied by a factor: in float32, as the score is defined. Scores are
 * ranked from 0, equal scores have the same rank, so comparing ranks is comparing scores, exactly.
 *
 * <p>There are 31744 finite magnitudes, so all ranks fit into tables, and within a population a
 * rank is monotone in the magnitude: "ranked at least r" is "the key is above a bound".
 */
public final class MergedRanks {
  private static final int KEYS = Fp16.FINITE_MAGNITUDES;

  /** Where the favoured population's ranks begin: a power of two, so that a bit selects them. */
  private static final int FAVOURED = 1 << 15;

  private final float factor;
  private final char[] ranks = new char[2 * FAVOURED];
  private final short[] favouredBounds = new short[2 * KEYS + 1];
  private final short[] otherBounds = new short[2 * KEYS + 1];
  private final int count;

  /**
   * @param factor from 0 to 1
   */
  public MergedRanks(float factor) {
    this.factor = factor;
    this.count = merge();
  }

  /** Goes through both populations at once, from the least score up. */
  private int merge() {
    int favoured = 0;
    int other = 0;
    int rank = 0;
    for (; favoured < KEYS || other < KEYS; rank++) {
      favouredBounds[rank] = (short) (favoured - 1);
      otherBounds[rank] = (short) (other - 1);
      int score = Math.min(score(favoured, 1), score(other, factor));
      for (; score(favoured, 1) == score; favoured++) {
        ranks[FAVOURED + favoured] = (char) rank;
      }
      for (; score(other, factor) == score; other++) {
        ranks[other] = (char) rank;
      }
    }
    favouredBounds[rank] = KEYS - 1;
    otherBounds[rank] = KEYS - 1;
    return rank;
  }

  /** The float32 score of a key, itself as a key; beyond the last key more than any. */
  private static int score(int key, float factor) {
    return key == KEYS ? Integer.MAX_VALUE : TopK.key(Fp16.decode((short) key) * factor);
  }

  /** The factor on the scores of those that are not favoured. */
  public float factor() {
    return factor;
  }

  /** The number R of ranks. */
  public int count() {
    return count;
  }

  /** The rank of a key: from 0 to R - 1, at most 16 bits. */
  int of(int key, long favoured) {
    return ranks[(int) favoured << 15 | key];
  }

  /** The key that a favoured unit must exceed to be ranked at least {@code rank}, from 0 to R. */
  public short favouredBound(int rank) {
    return favouredBounds[rank];
  }

  /** The key that a unit of the others must exceed to be ranked at least {@code rank}. */
  public short otherBound(int rank) {
    return otherBounds[rank];
  }
}
