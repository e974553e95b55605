/** The design of experiments: which live run tells most, given those that were run. */
@NullMarked
package io.dipper.verifier.design;

import org.jspecify.annotations.NullMarked;
