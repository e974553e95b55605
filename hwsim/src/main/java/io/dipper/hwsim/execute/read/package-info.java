/**
 * Reads of a file around the system's cache, many in flight at once, and what is counted of them.
 *
 * <p>Others fill a {@code Batch}, hand it to {@code Lanes} and wait for it there.
 */
@NullMarked
package io.dipper.hwsim.execute.read;

import org.jspecify.annotations.NullMarked;
