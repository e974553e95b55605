/**
 * Points of a design space: each planned, replayed and timed, alone or in batches that share masks.
 *
 * <p>The face is {@code Simulation}.
 */
@NullMarked
package io.dipper.hwsim.study.point;

import org.jspecify.annotations.NullMarked;
