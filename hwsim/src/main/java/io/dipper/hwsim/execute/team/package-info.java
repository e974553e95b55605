/**
 * Threads that work on one product together, how they wait for each other, and arrays that each has
 * for itself.
 *
 * <p>Others hand a {@code Team} its work.
 */
@NullMarked
package io.dipper.hwsim.execute.team;

import org.jspecify.annotations.NullMarked;
