/** Trace files: the recorded activations of one dense run, as Arrow IPC. */
@NullMarked
package io.dipper.trace;

import org.jspecify.annotations.NullMarked;
