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
  public RuntimeOptions {
    if (threads < 1) {
      throw new UserException("threads: " + threads + ", must be 1 or more");
    }
    if (residentBytes < 0) {
      throw new UserException("resident bytes: " + residentBytes + ", must not be negative");
    }
  }

  /** All cores, and as many decoded weights as {@link ProcessMemory#weights} allows. */
  public static RuntimeOptions defaults() {
    return withThreads(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Options with a number of threads, and as many decoded weights as {@link ProcessMemory#weights}
   * allows.
   */
  public static RuntimeOptions withThreads(int threads) {
    return new RuntimeOptions(threads, ProcessMemory.current().weights());
  }
}
