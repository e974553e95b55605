/** Model files: what they hold, whichever format they are in. */
@NullMarked
package io.dipper.tracegen.format;

import org.jspecify.annotations.NullMarked;
