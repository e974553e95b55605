/** What devices and models are described by. It reaches no other wing. */
@NullMarked
package io.dipper.hwsim.profile;

import org.jspecify.annotations.NullMarked;
