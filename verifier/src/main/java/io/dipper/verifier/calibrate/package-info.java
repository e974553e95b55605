/** The fit of the quality model to live runs, and how well it carries to text that it never saw. */
@NullMarked
package io.dipper.verifier.calibrate;

import org.jspecify.annotations.NullMarked;
