/**
 * One token after another through the devices: what runs when, how it overlaps, and where the time
 * went.
 *
 * <p>Others run a {@code DeviceRun} and listen as {@code EngineListener}.
 */
@NullMarked
package io.dipper.hwsim.time.engine;

import org.jspecify.annotations.NullMarked;
