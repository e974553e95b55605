/**
 * LoRA adapters (Hu et al., arXiv 2106.09685): low-rank maps beside matrices of a model, {@code y
 * += scale · x A B}, in the layout of PEFT.
 */
@NullMarked
package io.dipper.adapter;

import org.jspecify.annotations.NullMarked;
