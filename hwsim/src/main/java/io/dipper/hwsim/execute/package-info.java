/**
 * Points run for real on the machine at hand: weights on its disk, caches in its memory, products
 * on its cores. {@code Execution} is where to come in.
 *
 * <p>Here are the steps of a token, what chooses in them, and the machine that they run on. What
 * they take has rooms of its own: a team of threads, the products that it makes, reads, and the
 * file that these are of.
 */
@NullMarked
package io.dipper.hwsim.execute;

import org.jspecify.annotations.NullMarked;
