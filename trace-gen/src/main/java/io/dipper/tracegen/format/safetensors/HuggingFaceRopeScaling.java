package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.tracegen.format.RopeScaling;

/** Reads the scaling of one rotary embedding from its parameters in config.json. */
final class HuggingFaceRopeScaling {
  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final double BETA_FAST = 32;
  private static final double BETA_SLOW = 1;

  private final HuggingFaceFamily family;
  private final JsonFields config;
  private final JsonFields parameters;
  private final int contextLength;

  HuggingFaceRopeScaling(
      HuggingFaceFamily family, JsonFields config, JsonFields parameters, int contextLength) {
    this.family = family;
    this.config = config;
    this.parameters = parameters;
    this.contextLength = contextLength;
  }

  /** Its kind, by the newer key or the older one. */
  String type() {
    String type = parameters.text("rope_type", parameters.text("type", "default"));
    // Early files of phi3 say su or yarn, and mean LongRoPE.
    boolean early = type.equals("su") || type.equals("yarn");
    return early && family == HuggingFaceFamily.PHI3 ? "longrope" : type;
  }

  /**
   * The scaling.
   *
   * @param dimensions how many entries of a head are rotated
   */
  RopeScaling read(int dimensions) {
    String type = type();
    boolean known = type.equals("default") || type.equals("longrope");
    if (family == HuggingFaceFamily.PHI3 && !known) {
      throw unsupported(type, "default and longrope in phi3");
    }
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(parameters.positiveNumber("factor"));
      case "dynamic" -> new RopeScaling.Dynamic(parameters.positiveNumber("factor"), contextLength);
      case "yarn" -> yarn();
      case "llama3" ->
          new RopeScaling.Llama3(
              parameters.positiveNumber("factor"),
              parameters.number("low_freq_factor"),
              parameters.number("high_freq_factor"),
              originalContext());
      case "longrope" -> longRope(dimensions);
      default -> throw unsupported(type, "default, linear, dynamic, yarn, llama3, longrope");
    };
  }

  private UserException unsupported(String type, String supported) {
    return UserException.in(
        config.file(),
        "RoPE scaling " + Visible.shortLine(type) + " is not supported; supported: " + supported);
  }

  /**
   * The context before scaling. A key at the top goes before that among the parameters, save in
   * gemma3, whose parameters are by layer type.
   */
  private int originalContext() {
    boolean atTop = config.has(ORIGINAL) && family != HuggingFaceFamily.GEMMA3;
    return (atTop ? config : parameters).positive(ORIGINAL, contextLength);
  }

  private double stretch(int originalContext) {
    return parameters.positiveNumber("factor", (double) contextLength / originalContext);
  }

  private RopeScaling yarn() {
    int original = originalContext();
    if (!parameters.mentions("factor")) {
      throw parameters.wrong("factor", "a positive number");
    }
    double factor = stretch(original);
    RopeScaling.Ramp ramp =
        new RopeScaling.Ramp(
            orDefault("beta_fast", BETA_FAST), orDefault("beta_slow", BETA_SLOW), truncates(), 1);
    double amplitude = parameters.number("attention_factor", yarnAmplitude(factor));
    return new RopeScaling.Yarn(factor, original, ramp, amplitude);
  }

  private double yarnAmplitude(double factor) {
    double scale = parameters.number("mscale", 0);
    double ofAllDimensions = parameters.number("mscale_all_dim", 0);
    return scale != 0 && ofAllDimensions != 0
        ? RopeScaling.Yarn.amplitude(factor, scale)
            / RopeScaling.Yarn.amplitude(factor, ofAllDimensions)
        : RopeScaling.Yarn.amplitude(factor, 1);
  }

  private double orDefault(String key, double absent) {
    double value = parameters.number(key, 0);
    return value == 0 ? absent : value;
  }

  /** In gemma3 this one key is for all layer types. */
  private boolean truncates() {
    JsonFields source =
        family == HuggingFaceFamily.GEMMA3 ? config.object("rope_parameters") : parameters;
    return source.flag("truncate", true);
  }

  private RopeScaling longRope(int dimensions) {
    int original = originalContext();
    double stretch = stretch(original);
    return new RopeScaling.LongRope(
        parameters.divisors("short_factor", dimensions / 2),
        parameters.divisors("long_factor", dimensions / 2),
        original,
        parameters.number("attention_factor", longRopeAmplitude(stretch, original)));
  }

  /** LongRoPE's sqrt(1 + ln(stretch) / ln(original context)), arXiv 2402.13753. */
  private static double longRopeAmplitude(double stretch, int original) {
    return stretch <= 1 ? 1 : Math.sqrt(1 + Math.log(stretch) / Math.log(original));
  }
}
