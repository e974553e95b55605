/** Records the dense run of a model into a trace. */
@NullMarked
package io.dipper.tracegen.record;

import org.jspecify.annotations.NullMarked;
