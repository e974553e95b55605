/**
 * The search for the fastest and the smallest point within a loss of perplexity, in few live runs.
 */
@NullMarked
package io.dipper.verifier.budget;

import org.jspecify.annotations.NullMarked;
