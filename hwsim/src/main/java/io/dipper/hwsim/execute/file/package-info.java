/**
 * What lies where in a file of weights: units, experts and streams of points that are executed on
 * it, or a model's own units.
 *
 * <p>Others write a {@code WeightFile}, and find a point's weights in it through a {@code
 * WeightMap}.
 */
@NullMarked
package io.dipper.hwsim.execute.file;

import org.jspecify.annotations.NullMarked;
