package io.dipper.hwsim.study.quality;

/**
 * A predicted increase of the mean negative log-likelihood, in nats, and the 90 % interval in which
 * a live run is expected.
 */
public record Prediction(double increase, double low, double high) {

  /** The perplexity of an increase, e.g. of {@link #low}. */
  public static double perplexity(double dense, double increase) {
    return dense * Math.exp(increase);
  }
}
