/** Oracles of the accountings. */
@NullMarked
package io.dipper.hwsim.accounting;

import org.jspecify.annotations.NullMarked;
