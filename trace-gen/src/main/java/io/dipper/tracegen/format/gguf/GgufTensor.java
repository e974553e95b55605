package io.dipper.tracegen.format.gguf;

import io.dipper.files.MappedFile;
import java.util.List;

/**
 * A tensor as the header describes it, its range checked.
 *
 * @param dimensions as stored: the contiguous one (columns) first
 * @param file that holds it: of a model in parts, one of them
 * @param position of the first byte in that file
 * @param storedBytes that it takes; of a type that nobody knows, those up to what follows it
 */
record GgufTensor(
    String name,
    GgufTensorType type,
    List<Long> dimensions,
    MappedFile file,
    long position,
    long storedBytes) {
  /** The number of weights. */
  long weights() {
    return dimensions.stream().reduce(1L, (a, b) -> a * b);
  }
}
