package io.dipper.tracegen.learn;

import io.dipper.predictor.LowRankMap;

/**
 * A layer's map, and how good it is on examples that were held out.
 *
 * @param loss mean binary cross-entropy over examples and units
 * @param recall the share of the k largest units that are among the k largest logits
 */
public record FittedMap(LowRankMap map, double loss, double recall) {}
