/** The forward pass in blocks of tokens, on ND4J. */
@NullMarked
package io.dipper.tracegen.runtime;

import org.jspecify.annotations.NullMarked;
