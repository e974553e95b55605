package io.dipper.tracegen.format.gguf;

import io.dipper.tracegen.format.quant.TensorType;
import java.util.List;

/**
 * A tensor as the header describes it, its range checked.
 *
 * @param dimensions as stored: the contiguous one (columns) first
 * @param position of the first byte in the file
 */
public record GgufTensor(String name, TensorType type, List<Long> dimensions, long position) {
  /** The number of weights. */
  public long weights() {
    return dimensions.stream().reduce(1L, (a, b) -> a * b);
  }

  /** The bytes that they take. */
  public long storedBytes() {
    return type.bytes(weights());
  }
}
