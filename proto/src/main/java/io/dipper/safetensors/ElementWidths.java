package io.dipper.safetensors;

import java.util.Map;

/** The bytes of an element of each type that the format names. */
final class ElementWidths {
  private static final Map<String, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry("C64", 8),
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("U64", 8),
          Map.entry("F32", 4),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E8M0", 1));

  private ElementWidths() {}

  /** Bytes per element, or 0 for a type that is not known. */
  static int of(String dtype) {
    return WIDTHS.getOrDefault(dtype, 0);
  }
}
