package io.dipper.tracegen.runtime;

/**
 * A product of two small matrices beside a large one: {@code y += (x Aᵀ) Bᵀ}.
 *
 * @param inner A, a row of inputs per rank
 * @param outer B, a row of ranks per output
 */
record LowRank(NativeMatrix inner, NativeMatrix outer) implements AutoCloseable {
  int rank() {
    return inner.rows();
  }

  @Override
  public void close() {
    inner.close();
    outer.close();
  }
}
