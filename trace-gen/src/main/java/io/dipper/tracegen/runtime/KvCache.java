package io.dipper.tracegen.runtime;

/**
 * Keys and values of one sequence, for the tokens still to come: per layer and kv head a {@code
 * capacity × headDim} matrix each, so that a head's keys are one operand of a product.
 *
 * <p>A sequence that is run whole, layer by layer, needs one layer at a time only: {@code layers}
 * is 1 then and every layer reuses it.
 */
final class KvCache implements AutoCloseable {
  private final NativeMatrix[] keys;
  private final NativeMatrix[] values;
  private final int capacity;
  private final int headDim;

  KvCache(int layers, int kvHeads, int capacity, int headDim) {
    this.keys = new NativeMatrix[layers];
    this.values = new NativeMatrix[layers];
    this.capacity = capacity;
    this.headDim = headDim;
    for (int l = 0; l < layers; l++) {
      keys[l] = new NativeMatrix(kvHeads * capacity, headDim);
      values[l] = new NativeMatrix(kvHeads * capacity, headDim);
    }
  }

  int capacity() {
    return capacity;
  }

  NativeMatrix keys(int layer) {
    return keys[layer % keys.length];
  }

  NativeMatrix values(int layer) {
    return values[layer % values.length];
  }

  /** The row of a kv head's position in {@link #keys} and {@link #values}. */
  int row(int kvHead, int position) {
    return kvHead * capacity + position;
  }

  /** Stores one token's keys and values of all kv heads, laid out one after another. */
  void put(int layer, int position, float[] key, float[] value, int offset, int kvHeads) {
    for (int h = 0; h < kvHeads; h++) {
      long at = (long) row(h, position) * headDim;
      keys(layer).write(at, key, offset + h * headDim, headDim);
      values(layer).write(at, value, offset + h * headDim, headDim);
    }
  }

  @Override
  public void close() {
    for (int l = 0; l < keys.length; l++) {
      keys[l].close();
      values[l].close();
    }
  }
}
