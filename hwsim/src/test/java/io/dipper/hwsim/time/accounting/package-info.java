/** Oracles of the accountings. */
@NullMarked
package io.dipper.hwsim.time.accounting;

import org.jspecify.annotations.NullMarked;
