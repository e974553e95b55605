package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * How alike the masks of two runs over the same tokens are: the mean Jaccard similarity, |both| /
 * |either| of each token, 1 where neither selects anything. Not safe for use by many threads.
 */
public final class MaskOverlap implements AccessSink {
  private final LikelyMasks other;
  private double sum;
  private long masks;

  /**
   * @param other the masks of the other run
   */
  public MaskOverlap(LikelyMasks other) {
    this.other = other;
  }

  @Override
  public void accept(Access access) {
    add(access.row(), access.wanted());
  }

  /**
   * Compares one mask.
   *
   * @param row the token, counted over all sequences
   */
  public void add(int row, UnitSet mask) {
    UnitSet theirs = other.of(row);
    int both = mask.intersectionSize(theirs);
    int either = mask.cardinality() + theirs.cardinality() - both;
    sum += either == 0 ? 1 : (double) both / either;
    masks++;
  }

  /** The similarities, added up. */
  public double sum() {
    return sum;
  }

  /** How many masks were compared. */
  public long masks() {
    return masks;
  }
}
