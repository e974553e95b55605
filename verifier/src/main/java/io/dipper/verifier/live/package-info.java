/**
 * One live run: masks inside the forward pass, what they hit, what the perplexity becomes.
 *
 * <p>Entered by {@code LiveRuns}, which remembers what was run.
 */
@NullMarked
package io.dipper.verifier.live;

import org.jspecify.annotations.NullMarked;
