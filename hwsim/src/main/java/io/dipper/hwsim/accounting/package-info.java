/**
 * From bytes to seconds: the closed form of the method's paper, and the seam for the event-driven
 * simulation.
 */
@NullMarked
package io.dipper.hwsim.accounting;

import org.jspecify.annotations.NullMarked;
