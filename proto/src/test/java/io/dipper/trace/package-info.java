/** Tests of trace files against Arrow's own reader, pyarrow and the golden trace. */
@NullMarked
package io.dipper.trace;

import org.jspecify.annotations.NullMarked;
