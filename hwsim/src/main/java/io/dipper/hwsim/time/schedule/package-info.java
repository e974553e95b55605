/**
 * What a device is to do, step by step: bytes, units, FLOP, kernels and places on Flash, and no
 * seconds.
 *
 * <p>Others make a {@code Workload} and walk its {@code Schedule}, at prices of their own.
 */
@NullMarked
package io.dipper.hwsim.time.schedule;

import org.jspecify.annotations.NullMarked;
