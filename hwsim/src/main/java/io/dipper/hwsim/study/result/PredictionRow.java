package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What was predicted of some masks, and what a live run of them gave: a row of {@code
 * predictions.csv}. Increases are of the perplexity over the dense model's, as shares of it.
 *
 * @param point policy, and cache and capacity where the masks depend on them
 * @param fitted whether the quality model was fitted on a run of it
 * @param predicted increase
 * @param low end of the 90 % interval
 * @param high end of it
 * @param measured increase
 * @param standardError of the measured increase, paired over blocks; null where there is one block
 */
public record PredictionRow(
    String point,
    boolean fitted,
    double predicted,
    double low,
    double high,
    double measured,
    @Nullable Double standardError) {}
