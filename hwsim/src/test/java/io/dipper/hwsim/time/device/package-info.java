/** Formula oracles of the device's components. */
@NullMarked
package io.dipper.hwsim.time.device;

import org.jspecify.annotations.NullMarked;
