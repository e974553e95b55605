package io.dipper.tracegen.learn;

import io.dipper.trace.Site;

/**
 * What a predictor is to be.
 *
 * @param rank of its maps
 * @param rectified whether the inner values pass through {@code max(0, .)}
 * @param layersBack whose layer's input it looks at: 0 or 1
 * @param target the site whose largest magnitudes it learns to find: GLU, gate or up
 * @param keep the share of units that counts as large
 */
public record PredictorForm(
    int rank, boolean rectified, int layersBack, Site target, double keep) {}
