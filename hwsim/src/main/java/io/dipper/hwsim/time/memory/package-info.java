/**
 * Bytes: what each kind of layer weighs, and how a DRAM budget is divided.
 *
 * <p>Others ask {@code MemoryPlanner} for a {@code MemoryPlan}, {@code ModelBytes} for bytes, and
 * {@code Capacities} for what users write.
 */
@NullMarked
package io.dipper.hwsim.time.memory;

import org.jspecify.annotations.NullMarked;
