/** Points simulated and executed: how far the one is from the other. */
@NullMarked
package io.dipper.hwsim.study.compare;

import org.jspecify.annotations.NullMarked;
