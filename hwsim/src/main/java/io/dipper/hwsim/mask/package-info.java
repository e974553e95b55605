/**
 * Masking policies, one class each: from the scores of a token to the units that take part in it.
 */
@NullMarked
package io.dipper.hwsim.mask;

import org.jspecify.annotations.NullMarked;
