package io.dipper.tracegen.format.gguf;

import io.dipper.tracegen.format.quant.TensorType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tensor type as GGUF files number it, whether or not we can decode it. Names, numbers and block
 * sizes are those of ggml.
 *
 * @param weightsPerBlock 0 where the number is not known, and with it the size
 * @param bytesPerBlock 0 where it is not known
 */
record GgufTensorType(long id, String name, int weightsPerBlock, int bytesPerBlock) {
  private static final Map<Long, GgufTensorType> KNOWN =
      Stream.concat(
              Arrays.stream(TensorType.values()).map(GgufTensorType::decoded),
              Stream.of(
                  new GgufTensorType(9, "Q8_1", 32, 36),
                  new GgufTensorType(15, "Q8_K", 256, 292),
                  new GgufTensorType(16, "IQ2_XXS", 256, 66),
                  new GgufTensorType(17, "IQ2_XS", 256, 74),
                  new GgufTensorType(18, "IQ3_XXS", 256, 98),
                  new GgufTensorType(19, "IQ1_S", 256, 50),
                  new GgufTensorType(21, "IQ3_S", 256, 110),
                  new GgufTensorType(22, "IQ2_S", 256, 82),
                  new GgufTensorType(24, "I8", 1, 1),
                  new GgufTensorType(25, "I16", 1, 2),
                  new GgufTensorType(26, "I32", 1, 4),
                  new GgufTensorType(27, "I64", 1, 8),
                  new GgufTensorType(28, "F64", 1, 8),
                  new GgufTensorType(29, "IQ1_M", 256, 56),
                  new GgufTensorType(31, "Q4_0_4_4", 32, 18),
                  new GgufTensorType(32, "Q4_0_4_8", 32, 18),
                  new GgufTensorType(33, "Q4_0_8_8", 32, 18),
                  new GgufTensorType(34, "TQ1_0", 256, 54),
                  new GgufTensorType(35, "TQ2_0", 256, 66),
                  new GgufTensorType(39, "MXFP4", 32, 17),
                  new GgufTensorType(40, "NVFP4", 64, 36),
                  new GgufTensorType(41, "Q1_0", 128, 18)))
          .collect(Collectors.toMap(GgufTensorType::id, Function.identity()));

  private static GgufTensorType decoded(TensorType type) {
    return new GgufTensorType(
        type.ggufId(), type.name(), type.weightsPerBlock(), type.bytesPerBlock());
  }

  /** The type with this number; one that nobody knows has a name that says so, and no size. */
  static GgufTensorType of(long id) {
    GgufTensorType known = KNOWN.get(id);
    return known == null ? new GgufTensorType(id, "type " + id, 0, 0) : known;
  }

  /** How it is decoded, if we can. */
  Optional<TensorType> decoder() {
    return TensorType.ofGgufId(id);
  }

  boolean hasKnownSize() {
    return weightsPerBlock > 0;
  }

  /** The bytes that so many weights take: a whole number of blocks; 0 where no size is known. */
  long bytes(long weights) {
    return hasKnownSize() ? weights / weightsPerBlock * bytesPerBlock : 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
