package io.dipper.tracegen.format.quant;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A type of weights that we decode, with its number in GGUF files: blocks of a fixed number of
 * weights in a fixed number of bytes ({@link io.dipper.weight.WeightType}), all little-endian.
 * Layouts are those of ggml.
 */
public enum TensorType {
  F32(0, new F32()),
  F16(1, new F16()),
  BF16(30, new BF16()),
  Q4_0(2, new Q4_0()),
  Q4_1(3, new Q4_1()),
  Q5_0(6, new Q5_0()),
  Q5_1(7, new Q5_1()),
  Q8_0(8, new Q8_0()),
  Q2_K(10, new Q2_K()),
  Q3_K(11, new Q3_K()),
  Q4_K(12, new Q4_K()),
  Q5_K(13, new Q5_K()),
  Q6_K(14, new Q6_K()),
  IQ4_NL(20, new IQ4_NL()),
  IQ4_XS(23, new IQ4_XS());

  private final int ggufId;
  private final WeightFormat format;

  TensorType(int ggufId, WeightFormat format) {
    this.ggufId = ggufId;
    this.format = format;
  }

  /** The type with this number in a GGUF file, if it is one that we decode. */
  public static Optional<TensorType> ofGgufId(long id) {
    return Arrays.stream(values()).filter(type -> type.ggufId == id).findFirst();
  }

  /** All supported types, for an error that lists them. */
  public static String supported() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  /** Its number in a GGUF file. */
  public int ggufId() {
    return ggufId;
  }

  /** How weights become blocks of this type, if we can. */
  public Optional<BlockEncoder> encoder() {
    return format instanceof BlockEncoder encoder ? Optional.of(encoder) : Optional.empty();
  }

  /**
   * Encodes whole blocks.
   *
   * @param values weights, a whole number of blocks
   * @param out receives them from a place on, where all bytes are yet 0
   * @throws java.util.NoSuchElementException if it has no {@link #encoder}
   */
  public void encode(float[] values, byte[] out, int at) {
    BlockEncoder encoder = encoder().orElseThrow();
    for (int block = 0; block * weightsPerBlock() < values.length; block++) {
      encoder.encodeBlock(values, block * weightsPerBlock(), out, at + block * bytesPerBlock());
    }
  }

  public int weightsPerBlock() {
    return format.type().blockWeights();
  }

  public int bytesPerBlock() {
    return format.type().blockBytes();
  }

  /** The bytes that so many weights take; a whole number of blocks. */
  public long bytes(long weights) {
    return weights / weightsPerBlock() * bytesPerBlock();
  }

  /**
   * Decodes whole blocks.
   *
   * @param in stored bytes
   * @param offset of the first block in {@code in}
   * @param count how many blocks
   * @param out receives {@code count * weightsPerBlock()} weights from {@code outOffset}
   */
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    format.decode(in, offset, count, out, outOffset);
  }
}
