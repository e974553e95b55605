/** The choice between scalar loops and those of the Vector API. */
@NullMarked
package io.dipper.hwsim.replay.simd;

import org.jspecify.annotations.NullMarked;
