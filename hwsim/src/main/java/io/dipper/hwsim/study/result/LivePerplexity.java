package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What a live run says of the quality of a point.
 *
 * @param scoredTokens the number of tokens over which the perplexities are taken
 */
public record LivePerplexity(
    double perplexity,
    @Nullable Double perplexityDense,
    String perplexityProtocol,
    long scoredTokens) {}
