package io.dipper.tracegen.runtime;

import org.jspecify.annotations.Nullable;

/**
 * An affine map {@code y = x Wᵀ + b}, with an adapter beside it or none.
 *
 * @param weights a row per output
 * @param bias one value per output, or null for none
 * @param adapter adds to y; null for none
 */
record Linear(NativeMatrix weights, float @Nullable [] bias, @Nullable LowRank adapter) {
  /** One without an adapter. */
  Linear(NativeMatrix weights, float @Nullable [] bias) {
    this(weights, bias, null);
  }
}
