package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import java.util.Optional;

/**
 * Reads rotary embeddings from config.json, in both of its forms: {@code rope_parameters} (one
 * object, or one per layer type), and the older {@code rope_theta} with {@code rope_scaling}.
 */
final class HuggingFaceRope {
  private static final double DEFAULT_THETA = 10_000;
  private static final double GEMMA_THETA = 1_000_000;

  private final JsonFields config;
  private final int headDim;
  private final int contextLength;

  HuggingFaceRope(JsonFields config, int headDim, int contextLength) {
    this.config = config;
    this.headDim = headDim;
    this.contextLength = contextLength;
  }

  /** The embedding of full-attention layers. */
  Rope full(boolean gemma) {
    double absent = gemma ? GEMMA_THETA : DEFAULT_THETA;
    if (config.has("rope_parameters")) {
      JsonFields parameters = config.object("rope_parameters");
      return rope(
          parameters.has("full_attention") ? parameters.object("full_attention") : parameters,
          absent);
    }
    return rope(config.object("rope_scaling"), config.number("rope_theta", absent));
  }

  /** The embedding of sliding-window layers, where the family gives them their own. */
  Optional<Rope> local(boolean gemma) {
    JsonFields parameters = config.object("rope_parameters");
    if (parameters.has("sliding_attention")) {
      return Optional.of(rope(parameters.object("sliding_attention"), DEFAULT_THETA));
    }
    if (!gemma) {
      return Optional.empty();
    }
    double theta = config.number("rope_local_base_freq", DEFAULT_THETA);
    return Optional.of(new Rope(theta, headDim, Rope.Style.HALF_SPLIT, new RopeScaling.None()));
  }

  private Rope rope(JsonFields parameters, double absentTheta) {
    double theta = parameters.number("rope_theta", absentTheta);
    double share =
        parameters.number("partial_rotary_factor", config.number("partial_rotary_factor", 1));
    int dimensions = (int) (headDim * share);
    if (!(theta > 0) || dimensions < 2 || dimensions > headDim || dimensions % 2 != 0) {
      throw UserException.in(
          config.file(),
          "RoPE of base %s over %d of %d entries, expected a positive base and an even number"
              .formatted(theta, dimensions, headDim));
    }
    return new Rope(theta, dimensions, Rope.Style.HALF_SPLIT, scaling(parameters, dimensions));
  }

  private RopeScaling scaling(JsonFields parameters, int dimensions) {
    String type = parameters.text("rope_type", parameters.text("type", "default"));
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(factor(parameters));
      case "llama3" ->
          new RopeScaling.Llama3(
              factor(parameters),
              parameters.number("low_freq_factor"),
              parameters.number("high_freq_factor"),
              parameters.positive("original_max_position_embeddings"));
      case "longrope", "su" -> longRope(parameters, dimensions);
      default ->
          throw UserException.in(
              config.file(),
              "RoPE scaling "
                  + type
                  + " is not supported; supported: default, linear, llama3, longrope");
    };
  }

  private static double factor(JsonFields parameters) {
    double factor = parameters.number("factor");
    if (!(factor > 0)) {
      throw parameters.wrong("factor", "a positive number");
    }
    return factor;
  }

  private RopeScaling longRope(JsonFields parameters, int dimensions) {
    String key = "original_max_position_embeddings";
    int original = parameters.has(key) ? parameters.positive(key) : config.positive(key);
    double stretch = parameters.number("factor", (double) contextLength / original);
    double attention =
        parameters.number("attention_factor", longRopeAttentionFactor(stretch, original));
    return new RopeScaling.LongRope(
        parameters.divisors("short_factor", dimensions / 2),
        parameters.divisors("long_factor", dimensions / 2),
        original,
        attention);
  }

  /** LongRoPE's sqrt(1 + ln(stretch) / ln(original context)), arXiv 2402.13753. */
  private static double longRopeAttentionFactor(double stretch, int original) {
    return stretch <= 1 ? 1 : Math.sqrt(1 + Math.log(stretch) / Math.log(original));
  }
}
