/** Tests of fits to measured curves. */
@NullMarked
package io.dipper.hwsim.profile.fit;

import org.jspecify.annotations.NullMarked;
