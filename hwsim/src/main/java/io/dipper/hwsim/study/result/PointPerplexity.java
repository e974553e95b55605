package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * The perplexity of a point.
 *
 * @param perplexity of a live run with this mask and cache; null until verified
 * @param perplexityDense of the dense run
 * @param perplexityPredicted by the quality model; null where there is none, or it cannot tell
 * @param perplexityLow the low end of the prediction's 90 % interval
 * @param perplexityHigh the high end of it
 */
public record PointPerplexity(
    @Nullable Double perplexity,
    @Nullable Double perplexityDense,
    @Nullable String perplexityProtocol,
    @Nullable Double perplexityPredicted,
    @Nullable Double perplexityLow,
    @Nullable Double perplexityHigh) {
  /** Of the dense run alone. */
  public static PointPerplexity ofDense(@Nullable Double perplexity, @Nullable String protocol) {
    return new PointPerplexity(null, perplexity, protocol, null, null, null);
  }

  /** This with the perplexities of a live run. */
  PointPerplexity verifiedBy(LivePerplexity live) {
    return new PointPerplexity(
        live.perplexity(),
        live.perplexityDense(),
        live.perplexityProtocol(),
        perplexityPredicted,
        perplexityLow,
        perplexityHigh);
  }

  /** This with one that was measured, e.g. of the dense model, whose own the dense run's is. */
  public PointPerplexity measured(@Nullable Double other) {
    return new PointPerplexity(
        other,
        perplexityDense,
        perplexityProtocol,
        perplexityPredicted,
        perplexityLow,
        perplexityHigh);
  }

  /** This with one that was predicted, and its 90 % interval. */
  PointPerplexity predicted(double other, double low, double high) {
    return new PointPerplexity(perplexity, perplexityDense, perplexityProtocol, other, low, high);
  }
}
