/**
 * From measured throughputs of a Flash to a profile: its table, or the affine device nearest to it.
 */
@NullMarked
package io.dipper.hwsim.profile.fit;

import org.jspecify.annotations.NullMarked;
