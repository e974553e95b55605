/** What a device is to do, step by step: bytes, units, FLOP and kernels, and no seconds. */
@NullMarked
package io.dipper.hwsim.time.schedule;

import org.jspecify.annotations.NullMarked;
