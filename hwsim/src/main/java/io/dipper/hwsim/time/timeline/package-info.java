/**
 * What a run does, written down as it happens: a ledger of every layer, a timeline to look at.
 *
 * <p>Others open {@code RunFiles} and hand its listener to a run.
 */
@NullMarked
package io.dipper.hwsim.time.timeline;

import org.jspecify.annotations.NullMarked;
