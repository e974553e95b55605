/** Replay: a trace through mask and cache, giving what hits and what must be fetched. */
@NullMarked
package io.dipper.hwsim.demand;

import org.jspecify.annotations.NullMarked;
