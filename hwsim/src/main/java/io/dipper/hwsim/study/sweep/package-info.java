/**
 * Grids of points: what a sweep file says, and running it into a result directory.
 *
 * <p>The face is {@code Sweep}.
 */
@NullMarked
package io.dipper.hwsim.study.sweep;

import org.jspecify.annotations.NullMarked;
