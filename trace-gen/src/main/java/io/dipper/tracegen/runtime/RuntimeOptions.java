package io.dipper.tracegen.runtime;

import io.dipper.error.UserException;

/**
 * How much of the machine a {@link DenseModel} may use. None of it changes a result.
 *
 * @param threads that compute, the caller's included; OpenBLAS starts none of its own
 * @param residentBytes of decoded fp32 weights that are kept between passes; what does not fit is
 *     decoded again from the mapped file, layer by layer
 */
public record RuntimeOptions(int threads, long residentBytes) {
  private static final long DEFAULT_RESIDENT_BYTES = 1L << 30;

  public RuntimeOptions {
    if (threads < 1) {
      throw new UserException("threads: " + threads + ", must be 1 or more");
    }
    if (residentBytes < 0) {
      throw new UserException("resident bytes: " + residentBytes + ", must not be negative");
    }
  }

  /** All cores, and 1 GiB of decoded weights. */
  public static RuntimeOptions defaults() {
    return withThreads(Runtime.getRuntime().availableProcessors());
  }

  /** So many threads, and 1 GiB of decoded weights. */
  public static RuntimeOptions withThreads(int threads) {
    return new RuntimeOptions(threads, DEFAULT_RESIDENT_BYTES);
  }
}
