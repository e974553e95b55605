/**
 * How long that takes: memory, devices, schedule, ledger. It reaches the replay and tables, and
 * nothing else.
 */
@NullMarked
package io.dipper.hwsim.time;

import org.jspecify.annotations.NullMarked;
