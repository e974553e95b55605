package io.dipper.tracegen.format.gguf;

import io.dipper.tracegen.format.quant.TensorType;
import java.util.Map;
import java.util.Optional;

/** Names of {@code general.file_type}, the mixture in which most weights of a file are stored. */
final class FileTypes {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "F32"),
          Map.entry(1, "F16"),
          Map.entry(2, "Q4_0"),
          Map.entry(3, "Q4_1"),
          Map.entry(7, "Q8_0"),
          Map.entry(8, "Q5_0"),
          Map.entry(9, "Q5_1"),
          Map.entry(10, "Q2_K"),
          Map.entry(11, "Q3_K_S"),
          Map.entry(12, "Q3_K_M"),
          Map.entry(13, "Q3_K_L"),
          Map.entry(14, "Q4_K_S"),
          Map.entry(15, "Q4_K_M"),
          Map.entry(16, "Q5_K_S"),
          Map.entry(17, "Q5_K_M"),
          Map.entry(18, "Q6_K"),
          Map.entry(21, "Q2_K_S"),
          Map.entry(25, "IQ4_NL"),
          Map.entry(30, "IQ4_XS"),
          Map.entry(32, "BF16"));

  private FileTypes() {}

  /** The name with this number, or another where it is not known. */
  static String name(int number, String unknown) {
    return NAMES.getOrDefault(number, unknown);
  }

  /** The number of a mixture whose matrices are of one type, its small one where there are more. */
  static Optional<Integer> number(TensorType type) {
    return NAMES.entrySet().stream()
        .filter(e -> e.getValue().equals(type.name()) || e.getValue().equals(type.name() + "_S"))
        .map(Map.Entry::getKey)
        .min(Integer::compare);
  }
}
