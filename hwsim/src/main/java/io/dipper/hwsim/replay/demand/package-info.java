/**
 * A trace through masks and caches, giving what hits and what must be fetched.
 *
 * <p>Others give {@code Replay} a {@code ReplayPoint} and get its {@code Demand}; live runs drive
 * {@code UnitHook} themselves.
 */
@NullMarked
package io.dipper.hwsim.replay.demand;

import org.jspecify.annotations.NullMarked;
