/** Live sparse runs, perplexity under named protocols, and drift. */
@NullMarked
package io.dipper.verifier;

import org.jspecify.annotations.NullMarked;
