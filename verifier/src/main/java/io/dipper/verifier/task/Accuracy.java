package io.dipper.verifier.task;

import umontreal.ssj.stat.Tally;

/**
 * A share of items, or a difference of two, with its standard error over items.
 *
 * @param standardError the deviation over items over the root of their number; NaN for one item
 */
public record Accuracy(double value, double standardError) {
  /** The share of the items that are right. */
  public static Accuracy of(boolean[] right) {
    return difference(right, new boolean[right.length]);
  }

  /** How many more are right in the first, as a share, paired item by item. */
  public static Accuracy difference(boolean[] right, boolean[] other) {
    Tally tally = new Tally();
    int more = 0;
    for (int i = 0; i < right.length; i++) {
      int one = (right[i] ? 1 : 0) - (other[i] ? 1 : 0);
      more += one;
      tally.add(one);
    }
    double error =
        right.length < 2 ? Double.NaN : tally.standardDeviation() / Math.sqrt(right.length);
    return new Accuracy((double) more / right.length, error);
  }
}
