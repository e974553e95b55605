package io.dipper.tracegen.corpus;

import java.util.List;

/**
 * The scored tokens of a run: {@code exp(Σ nll / count)} and what it is made of. Sums are taken in
 * double, token by token in order.
 *
 * @param nll negative log-likelihoods in nats, one array per window, one value per scored token
 */
public record Perplexity(List<float[]> nll) {
  public Perplexity {
    nll = List.copyOf(nll);
  }

  /** The number of windows. */
  public int blocks() {
    return nll.size();
  }

  /** The sum of one window's NLL, in nats. */
  public double blockSum(int block) {
    double sum = 0;
    for (float value : nll.get(block)) {
      sum += value;
    }
    return sum;
  }

  /** The number of scored tokens of one window. */
  public int blockScored(int block) {
    return nll.get(block).length;
  }

  /** The sum of all NLL, in nats. */
  public double sum() {
    double sum = 0;
    for (int b = 0; b < blocks(); b++) {
      sum += blockSum(b);
    }
    return sum;
  }

  /** The number of scored tokens. */
  public long scored() {
    return nll.stream().mapToLong(block -> block.length).sum();
  }

  /** The perplexity; NaN if nothing was scored. */
  public double value() {
    return Math.exp(sum() / scored());
  }
}
