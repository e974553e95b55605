/**
 * Flash, DRAM and processor as components of a discrete-event simulation.
 *
 * <p>The engine drives them; others probe a Flash alone with {@code FlashProbe}.
 */
@NullMarked
package io.dipper.hwsim.time.device;

import org.jspecify.annotations.NullMarked;
