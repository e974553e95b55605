/** Predictors: small learned maps from an MLP's input to a score for each of its GLU units. */
@NullMarked
package io.dipper.predictor;

import org.jspecify.annotations.NullMarked;
