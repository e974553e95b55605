/**
 * Stored weights multiplied with activations: what blocks hold, loops over them, and made-up
 * weights.
 *
 * <p>Others ask {@code Products} for those of a type, {@code Blocks} what it is made of, and {@code
 * Templates} for weights.
 */
@NullMarked
package io.dipper.hwsim.execute.product;

import org.jspecify.annotations.NullMarked;
