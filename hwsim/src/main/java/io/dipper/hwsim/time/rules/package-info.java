/**
 * What an accounting knows of a point. Whoever derives something from a point asks here what the
 * point's accounting makes of it, and nowhere else which accounting that is.
 *
 * <p>Others ask {@code AccountingRules}.
 */
@NullMarked
package io.dipper.hwsim.time.rules;

import org.jspecify.annotations.NullMarked;
