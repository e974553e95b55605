/**
 * From demand to seconds: the closed form of the method's paper, and the seam for the event-driven
 * simulation.
 *
 * <p>Others choose one through {@code Accountings}.
 */
@NullMarked
package io.dipper.hwsim.time.accounting;

import org.jspecify.annotations.NullMarked;
