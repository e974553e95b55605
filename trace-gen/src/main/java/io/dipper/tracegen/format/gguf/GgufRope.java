package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.TensorTable;
import io.dipper.tracegen.format.WeightTensor;
import java.util.Optional;

/** Reads rotary embeddings from GGUF metadata and from the tensors that hold divisors. */
final class GgufRope {
  /** What llama.cpp uses for the windowed layers of gemma3, whose files do not say. */
  private static final double GEMMA_LOCAL_THETA = 10_000;

  private final GgufFile file;
  private final Architecture architecture;
  private final String prefix;
  private final TensorTable tensors;
  private final int headDim;

  GgufRope(
      GgufFile file, Architecture architecture, String prefix, TensorTable tensors, int headDim) {
    this.file = file;
    this.architecture = architecture;
    this.prefix = prefix;
    this.tensors = tensors;
    this.headDim = headDim;
  }

  /** The embedding of full-attention layers. */
  Rope full() {
    double theta = file.metadata().number(prefix + "rope.freq_base", 10_000);
    int dimensions = file.metadata().whole(prefix + "rope.dimension_count", 2, headDim);
    if (!(theta > 0) || dimensions > headDim || dimensions % 2 != 0) {
      throw UserException.in(
          file.path(),
          "RoPE of base %s over %d of %d entries, expected a positive base and an even number"
              .formatted(theta, dimensions, headDim));
    }
    return new Rope(theta, dimensions, style(), scaling(dimensions));
  }

  /** The embedding of sliding-window layers, where the family gives them their own. */
  Optional<Rope> local() {
    if (architecture != Architecture.GEMMA3) {
      return Optional.empty();
    }
    double theta = file.metadata().number(prefix + "rope.freq_base_swa", GEMMA_LOCAL_THETA);
    return Optional.of(new Rope(theta, headDim, style(), new RopeScaling.None()));
  }

  /** Only llama's q and k rows are permuted so that neighbours are rotated together. */
  private Rope.Style style() {
    return architecture == Architecture.LLAMA ? Rope.Style.INTERLEAVED : Rope.Style.HALF_SPLIT;
  }

  private RopeScaling scaling(int dimensions) {
    Optional<WeightTensor> divisors = tensors.get(TensorRole.ROPE_FREQUENCIES, -1);
    Optional<WeightTensor> longDivisors = tensors.get(TensorRole.ROPE_FREQUENCIES_LONG, -1);
    if (divisors.isPresent() && longDivisors.isPresent()) {
      return longRope(
          decode(divisors.get(), dimensions / 2), decode(longDivisors.get(), dimensions / 2));
    }
    if (divisors.isPresent()) {
      return new RopeScaling.PerFrequency(decode(divisors.get(), dimensions / 2), 1);
    }
    return named();
  }

  private RopeScaling longRope(double[] shortDivisors, double[] longDivisors) {
    GgufMetadata metadata = file.metadata();
    return new RopeScaling.LongRope(
        shortDivisors,
        longDivisors,
        metadata.whole(prefix + "rope.scaling.original_context_length", 1),
        metadata.number(prefix + "rope.scaling.attn_factor", 1));
  }

  private RopeScaling named() {
    String key = prefix + "rope.scaling.type";
    String type = file.metadata().text(key, "none");
    return switch (type) {
      case "none" -> new RopeScaling.None();
      case "linear" -> linear();
      default -> throw file.metadata().wrong(key, "none or linear; others are not supported");
    };
  }

  private RopeScaling linear() {
    String key = prefix + "rope.scaling.factor";
    double factor = file.metadata().number(key);
    if (!(factor > 0)) {
      throw file.metadata().wrong(key, "a positive number");
    }
    return new RopeScaling.Linear(factor);
  }

  private double[] decode(WeightTensor tensor, int length) {
    if (tensor.rows() != 1 || tensor.columns() != length) {
      throw UserException.in(
          file.path(),
          "tensor %s is %d x %d, expected 1 x %d"
              .formatted(tensor.name(), tensor.rows(), tensor.columns(), length));
    }
    float[] values = new float[length];
    tensor.decode(0, 1, values, 0);
    double[] divisors = new double[length];
    for (int i = 0; i < length; i++) {
      divisors[i] = values[i];
    }
    return divisors;
  }
}
