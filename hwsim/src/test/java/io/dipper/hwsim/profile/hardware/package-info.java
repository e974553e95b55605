/** Tests of hardware profiles. */
@NullMarked
package io.dipper.hwsim.profile.hardware;

import org.jspecify.annotations.NullMarked;
