/**
 * The machine that this runs on, measured: reads of its disk around the operating system's cache,
 * its memory, and what its cores take for a kernel's fixed work. {@code MachineMeasurement} is
 * where to come in, {@code MachineProfile} makes a profile of what it found.
 */
@NullMarked
package io.dipper.hwsim.machine;

import org.jspecify.annotations.NullMarked;
