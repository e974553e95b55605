/**
 * Points run for real on the machine at hand: weights on its disk, caches in its memory, products
 * on its cores. {@code Execution} is where to come in.
 */
@NullMarked
package io.dipper.hwsim.execute;

import org.jspecify.annotations.NullMarked;
