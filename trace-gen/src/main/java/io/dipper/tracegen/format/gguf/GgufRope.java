package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.TensorTable;
import io.dipper.tracegen.format.WeightTensor;
import java.util.Arrays;
import java.util.Optional;

/** Reads rotary embeddings from GGUF metadata and from the tensors that hold divisors. */
final class GgufRope {
  private static final double DEFAULT_THETA = 10_000;
  private static final double YARN_BETA_FAST = 32;
  private static final double YARN_BETA_SLOW = 1;

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final Architecture architecture;
  private final String prefix;
  private final TensorTable tensors;
  private final int headDim;

  GgufRope(
      GgufFile file, Architecture architecture, String prefix, TensorTable tensors, int headDim) {
    this.file = file;
    this.metadata = file.metadata();
    this.architecture = architecture;
    this.prefix = prefix;
    this.tensors = tensors;
    this.headDim = headDim;
  }

  /** The embedding of full-attention layers. */
  Rope full() {
    int dimensions = dimensions();
    return new Rope(
        theta("rope.freq_base", "rope.global.freq_base"),
        dimensions,
        style(),
        both(divisors(dimensions), named()));
  }

  /** The embedding of sliding-window layers, where the family gives them their own. */
  Optional<Rope> local() {
    if (architecture != Architecture.GEMMA3) {
      return Optional.empty();
    }
    int dimensions = dimensions();
    return Optional.of(
        new Rope(
            theta("rope.freq_base_swa", "rope.local.freq_base"),
            dimensions,
            style(),
            undivided(dimensions)));
  }

  /**
   * A base, 10,000 where no file says.
   *
   * @param name llama.cpp's
   * @param other Ollama's, of gemma3
   */
  private double theta(String name, String other) {
    String key = prefix + name;
    double absent = metadata.number(prefix + other, DEFAULT_THETA);
    double theta = metadata.number(key, absent);
    if (!(theta > 0)) {
      throw metadata.wrong(metadata.has(key) ? key : prefix + other, "a positive number");
    }
    if (metadata.has(prefix + other) && theta != absent) {
      throw metadata.wrong(prefix + other, "%s as in %s".formatted(theta, key));
    }
    return theta;
  }

  private int dimensions() {
    String key = prefix + "rope.dimension_count";
    int dimensions = metadata.whole(key, 2, headDim);
    boolean partial = architecture == Architecture.PHI3 || architecture == Architecture.GEMMA3;
    if (dimensions != headDim && (!partial || dimensions > headDim || dimensions % 2 != 0)) {
      throw metadata.wrong(
          key, (partial ? "an even number up to " : "the entries of a head, ") + headDim);
    }
    String swa = prefix + "rope.dimension_count_swa";
    if (metadata.whole(swa, 2, dimensions) != dimensions) {
      throw metadata.wrong(swa, "%d as in %s".formatted(dimensions, key));
    }
    return dimensions;
  }

  /** Only llama's q and k rows are permuted so that neighbours are rotated together. */
  private Rope.Style style() {
    return architecture == Architecture.LLAMA ? Rope.Style.INTERLEAVED : Rope.Style.HALF_SPLIT;
  }

  /** What tensors say. */
  private RopeScaling divisors(int dimensions) {
    Optional<WeightTensor> divisors = tensors.get(TensorRole.ROPE_FREQUENCIES, -1);
    Optional<WeightTensor> longDivisors = tensors.get(TensorRole.ROPE_FREQUENCIES_LONG, -1);
    if (divisors.isPresent() && longDivisors.isPresent()) {
      return new RopeScaling.LongRope(
          decode(divisors.get(), dimensions / 2),
          decode(longDivisors.get(), dimensions / 2),
          originalContext(),
          amplitude());
    }
    boolean pairs = architecture == Architecture.PHI3;
    if (longDivisors.isPresent() || (pairs && divisors.isPresent())) {
      throw UserException.in(
          file.path(), "has one of rope_factors_short and rope_factors_long, expected both");
    }
    return divisors.isEmpty()
        ? undivided(dimensions)
        : new RopeScaling.PerFrequency(decode(divisors.get(), dimensions / 2), amplitude());
  }

  private int originalContext() {
    return metadata.whole(
        prefix + "rope.scaling.original_context_length",
        1,
        metadata.whole(prefix + "context_length", 1));
  }

  /** What metadata say. A factor without a type is of the oldest one, linear. */
  private RopeScaling named() {
    String key = prefix + "rope.scaling.type";
    String type = metadata.text(key, "linear");
    double factor = factor();
    return switch (type) {
      case "none" -> new RopeScaling.None();
      case "linear", "longrope" ->
          factor == 1 ? new RopeScaling.None() : new RopeScaling.Linear(factor);
      case "yarn" -> yarn(factor);
      default -> throw metadata.wrong(key, "none, linear, yarn or longrope");
    };
  }

  /** How much longer contexts become; 1 where nothing says, or 0. */
  private double factor() {
    String old = prefix + "rope.scale_linear";
    String key = prefix + "rope.scaling.factor";
    double factor = metadata.number(key, metadata.number(old, 0));
    if (factor < 0) {
      throw metadata.wrong(metadata.has(key) ? key : old, "a positive number");
    }
    return factor == 0 ? 1 : factor;
  }

  private RopeScaling yarn(double factor) {
    if (factor < 1) {
      throw metadata.wrong(prefix + "rope.scaling.factor", "at least 1 in YaRN");
    }
    return new RopeScaling.Yarn(
        factor,
        originalContext(),
        new RopeScaling.Ramp(YARN_BETA_FAST, YARN_BETA_SLOW, true, 1),
        RopeScaling.Yarn.amplitude(factor, 1));
  }

  /** A scaling without divisors, but with the factor on cos and sin if there is one. */
  private RopeScaling undivided(int dimensions) {
    if (amplitude() == 1) {
      return new RopeScaling.None();
    }
    double[] ones = new double[dimensions / 2];
    Arrays.fill(ones, 1);
    return new RopeScaling.PerFrequency(ones, amplitude());
  }

  /** A factor on cos and sin, which goes with any scaling. */
  private double amplitude() {
    String key = prefix + "rope.scaling.attn_factor";
    double amplitude = metadata.number(key, 1);
    if (!(amplitude > 0)) {
      throw metadata.wrong(key, "a positive number");
    }
    return amplitude;
  }

  private static RopeScaling both(RopeScaling first, RopeScaling second) {
    if (first instanceof RopeScaling.None) {
      return second;
    }
    return second instanceof RopeScaling.None ? first : new RopeScaling.Both(first, second);
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
