package io.dipper.tracegen.format.gguf;

import java.util.Optional;

/** The types of metadata values, in the order of their numbers in the file. */
public enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(8),
  ARRAY(12),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private final int leastBytes;

  GgufType(int leastBytes) {
    this.leastBytes = leastBytes;
  }

  static Optional<GgufType> ofId(long id) {
    return id < 0 || id >= values().length ? Optional.empty() : Optional.of(values()[(int) id]);
  }

  /**
   * The fewest bytes that a value takes: an empty string is its length, an empty array its head.
   */
  int leastBytes() {
    return leastBytes;
  }
}
