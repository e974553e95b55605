/**
 * What is learned from a trace: predictors of masks. {@link
 * io.dipper.tracegen.learn.PredictorTrainer} is the way in.
 */
@NullMarked
package io.dipper.tracegen.learn;

import org.jspecify.annotations.NullMarked;
