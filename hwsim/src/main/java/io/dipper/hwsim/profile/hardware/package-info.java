/**
 * Hardware profiles: where they are found, how they extend one another, and what they assume.
 *
 * <p>Others call {@code HardwareProfiles}, {@code ProfileNumbers} for the numbers of one, and
 * {@code Knobs} to turn them.
 */
@NullMarked
package io.dipper.hwsim.profile.hardware;

import org.jspecify.annotations.NullMarked;
