package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What a live run of a point gave, beside its replay. The components, in this order and in snake
 * case, are the columns of {@code verify.parquet} and {@code verify.csv}.
 *
 * @param scoredTokens the number of tokens over which the perplexities are taken
 * @param liveHitRateX hits over selected units in the live run
 * @param replayHitRateX the same in the replay of the dense run's trace, over the same tokens
 * @param jaccardX the mean Jaccard similarity of live and replayed masks
 * @param liveTokensPerSecond the device's throughput under the live run's demand
 */
public record VerifiedRow(
    String pointId,
    String policy,
    String policyParams,
    String cache,
    String hardware,
    double perplexity,
    @Nullable Double perplexityDense,
    String perplexityProtocol,
    long scoredTokens,
    @Nullable Double liveHitRateX,
    @Nullable Double liveHitRateH,
    @Nullable Double replayHitRateX,
    @Nullable Double replayHitRateH,
    @Nullable Double jaccardX,
    @Nullable Double jaccardH,
    @Nullable Double liveTokensPerSecond,
    @Nullable Double replayTokensPerSecond) {}
