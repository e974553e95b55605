/** Cache policies, one class each, with the batch semantics of a token at a time. */
@NullMarked
package io.dipper.hwsim.cache;

import org.jspecify.annotations.NullMarked;
