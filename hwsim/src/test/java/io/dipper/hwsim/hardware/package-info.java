/** Tests of hardware profiles. */
@NullMarked
package io.dipper.hwsim.hardware;

import org.jspecify.annotations.NullMarked;
