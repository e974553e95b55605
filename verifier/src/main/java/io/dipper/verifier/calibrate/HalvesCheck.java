package io.dipper.verifier.calibrate;

import io.dipper.hwsim.study.quality.PredictionCheck;

/**
 * What one halving of a text's blocks showed.
 *
 * @param predicted how predictions of a model held that was fitted on one half
 * @param repeated how the live runs of that half themselves, of the same masks, told what the other
 *     half would give: no prediction can be expected to do better. Has no intervals
 */
public record HalvesCheck(PredictionCheck predicted, PredictionCheck repeated) {}
