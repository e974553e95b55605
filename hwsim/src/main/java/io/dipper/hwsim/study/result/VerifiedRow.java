package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What a live run of a point gave, beside its replay. Its columns are those of {@code
 * verify.parquet} and {@code verify.csv}.
 */
public record VerifiedRow(
    Name name,
    LivePerplexity perplexities,
    Rates rates,
    Similarity similarity,
    Speeds speeds,
    Experts experts) {
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

  /**
   * The caches of experts, live and in the replay of the same tokens; all null where the model has
   * none.
   *
   * @param liveLookups experts that tokens looked up, over all layers
   * @param liveHits of them that were cached
   * @param jaccardExperts the mean Jaccard similarity of live and replayed choices
   */
  public record Experts(
      @Nullable Long liveLookups,
      @Nullable Long liveHits,
      @Nullable Long liveMisses,
      @Nullable Long replayLookups,
      @Nullable Long replayHits,
      @Nullable Long replayMisses,
      @Nullable Double jaccardExperts) {
    /** Of a model without experts. */
    public static final Experts NONE = new Experts(null, null, null, null, null, null, null);
  }

  public String pointId() {
    return name.pointId();
  }
}
