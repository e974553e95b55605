/** Bytes: what each kind of layer weighs, and how a DRAM budget is divided. */
@NullMarked
package io.dipper.hwsim.memory;

import org.jspecify.annotations.NullMarked;
