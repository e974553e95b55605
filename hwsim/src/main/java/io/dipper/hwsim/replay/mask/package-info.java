/**
 * What a masking policy is: its declaration, its parameters, and the selector that turns the scores
 * of a token and a view of the cache into a mask.
 *
 * <p>Whoever writes a policy implements {@code MaskPolicy} and {@code MaskSelector}.
 */
@NullMarked
package io.dipper.hwsim.replay.mask;

import org.jspecify.annotations.NullMarked;
