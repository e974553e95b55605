package io.dipper.hwsim.study.quality;

/**
 * An increase of the mean negative log-likelihood over the dense run, and the share of the dense
 * perplexity that it is.
 *
 * @param nats ln of the ratio of the perplexities
 * @param standardError of it, in nats; NaN where it is not known
 */
public record Increase(double nats, double standardError) {

  /** The increase of the perplexity as a share of the dense one. */
  public double share() {
    return share(nats);
  }

  /** The standard error of the share, by the delta method. */
  public double shareError() {
    return standardError * Math.exp(nats);
  }

  /** An increase in nats as a share of the dense perplexity. */
  public static double share(double nats) {
    return Math.expm1(nats);
  }
}
