/** Work on many threads, and how its failures come back to the caller. */
@NullMarked
package io.dipper.parallel;

import org.jspecify.annotations.NullMarked;
