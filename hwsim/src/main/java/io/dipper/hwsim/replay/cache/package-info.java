/**
 * Cache policies, one class each, with the batch semantics of a token at a time, and their
 * registry.
 *
 * <p>Others make them through {@code Caches} and speak to {@code UnitCache}.
 */
@NullMarked
package io.dipper.hwsim.replay.cache;

import org.jspecify.annotations.NullMarked;
