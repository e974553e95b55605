/** The simulator as others call it: points of a design space, each replayed and timed. */
@NullMarked
package io.dipper.hwsim;

import org.jspecify.annotations.NullMarked;
