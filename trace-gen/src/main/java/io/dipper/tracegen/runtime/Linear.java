package io.dipper.tracegen.runtime;

import org.jspecify.annotations.Nullable;

/**
 * An affine map {@code y = x Wᵀ + b}.
 *
 * @param weights a row per output
 * @param bias one value per output, or null for none
 */
record Linear(NativeMatrix weights, float @Nullable [] bias) {}
