package io.dipper.verifier.live;

import java.util.List;
import umontreal.ssj.stat.Tally;

/**
 * A perplexity, or a difference of two, with the standard error that the spread over blocks gives.
 *
 * <p>Perplexity is exp(sum of NLL / positions scored): a ratio of two sums over blocks, carried
 * through exp by the delta method. The error is NaN where there are fewer than two blocks.
 *
 * @param value the perplexity or the difference
 * @param standardError of the value
 */
public record Estimate(double value, double standardError) {

  /**
   * The sum of negative log-likelihoods of one block.
   *
   * @param nll in nats
   * @param scored how many positions it sums over
   */
  public record Block(double nll, int scored) {}

  /** The perplexity over the blocks. */
  public static Estimate perplexity(List<Block> blocks) {
    double[] influence = influence(blocks);
    return new Estimate(value(blocks), standardError(influence));
  }

  /**
   * The first perplexity minus the second, paired: both over the same blocks, so that what makes a
   * block hard for both cancels.
   */
  public static Estimate difference(List<Block> minuend, List<Block> subtrahend) {
    if (minuend.size() != subtrahend.size()) {
      throw new IllegalArgumentException("paired runs have the same blocks");
    }
    double[] influence = influence(minuend);
    double[] other = influence(subtrahend);
    for (int b = 0; b < influence.length; b++) {
      influence[b] -= other[b];
    }
    return new Estimate(value(minuend) - value(subtrahend), standardError(influence));
  }

  /**
   * The increase of the mean negative log-likelihood, in nats, paired over the same blocks: the
   * logarithm of the ratio of the perplexities.
   */
  public static Estimate increase(List<Block> masked, List<Block> dense) {
    if (masked.size() != dense.size()) {
      throw new IllegalArgumentException("paired runs have the same blocks");
    }
    double[] influence = influence(masked);
    double[] other = influence(dense);
    double ofMasked = value(masked);
    double ofDense = value(dense);
    for (int b = 0; b < influence.length; b++) {
      influence[b] = influence[b] / ofMasked - other[b] / ofDense;
    }
    return new Estimate(Math.log(ofMasked / ofDense), standardError(influence));
  }

  private static double value(List<Block> blocks) {
    return Math.exp(
        blocks.stream().mapToDouble(Block::nll).sum()
            / blocks.stream().mapToLong(Block::scored).sum());
  }

  /** By how much each block pulls the perplexity from its mean, times the number of blocks. */
  private static double[] influence(List<Block> blocks) {
    double perplexity = value(blocks);
    double meanNll = Math.log(perplexity);
    double scoredPerBlock = (double) blocks.stream().mapToLong(Block::scored).sum() / blocks.size();
    return blocks.stream()
        .mapToDouble(b -> perplexity * (b.nll() - meanNll * b.scored()) / scoredPerBlock)
        .toArray();
  }

  private static double standardError(double[] influence) {
    if (influence.length < 2) {
      return Double.NaN;
    }
    Tally tally = new Tally();
    for (double value : influence) {
      tally.add(value);
    }
    return tally.standardDeviation() / Math.sqrt(influence.length);
  }
}
