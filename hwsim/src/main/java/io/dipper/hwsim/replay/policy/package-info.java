/**
 * Masking policies, one class each, and their registry.
 *
 * <p>Others call {@code Policies} only; a policy is made from its name and parameters.
 */
@NullMarked
package io.dipper.hwsim.replay.policy;

import org.jspecify.annotations.NullMarked;
