/**
 * Live sparse runs against replay: perplexity under named protocols, drift, and the search under a
 * loss budget.
 *
 * <p>The face is {@code Verification}: a request in, a result out. The rooms below it are for it
 * alone.
 */
@NullMarked
package io.dipper.verifier;

import org.jspecify.annotations.NullMarked;
