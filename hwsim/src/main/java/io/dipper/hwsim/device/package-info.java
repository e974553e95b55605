/** Flash, DRAM and processor as components of a discrete-event simulation. */
@NullMarked
package io.dipper.hwsim.device;

import org.jspecify.annotations.NullMarked;
