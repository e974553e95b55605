/**
 * Hardware profiles: where they are found, how they extend one another, and what they assume.
 *
 * <p>Others call {@code HardwareProfiles}, and {@code Knobs} for the numbers of one.
 */
@NullMarked
package io.dipper.hwsim.profile.hardware;

import org.jspecify.annotations.NullMarked;
