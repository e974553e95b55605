package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What a live run of a point gave, beside its replay. Its columns are those of {@code
 * verify.parquet} and {@code verify.csv}.
 */
public record VerifiedRow(
    Name name, LivePerplexity perplexities, Rates rates, Similarity similarity, Speeds speeds) {
  /** The point. */
  public record Name(
      String pointId, String policy, String policyParams, String cache, String hardware) {
    /** That of a row. */
    public static Name of(PointRow row) {
      return new Name(row.pointId(), row.policy(), row.policyParams(), row.cache(), row.hardware());
    }
  }

  /**
   * Hits over selected units.
   *
   * @param replayHitRateX in the replay of the dense run's trace, over the same tokens
   */
  public record Rates(
      @Nullable Double liveHitRateX,
      @Nullable Double liveHitRateH,
      @Nullable Double replayHitRateX,
      @Nullable Double replayHitRateH) {}

  /** The mean Jaccard similarity of live and replayed masks. */
  public record Similarity(@Nullable Double jaccardX, @Nullable Double jaccardH) {}

  /**
   * Tokens per second.
   *
   * @param liveTokensPerSecond the device's throughput under the live run's demand
   */
  public record Speeds(
      @Nullable Double liveTokensPerSecond, @Nullable Double replayTokensPerSecond) {}

  public String pointId() {
    return name.pointId();
  }
}
