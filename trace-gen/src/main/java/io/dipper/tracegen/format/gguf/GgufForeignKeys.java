package io.dipper.tracegen.format.gguf;

import io.dipper.tracegen.format.ModelConfig.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * Metadata that changes a forward pass in other families, and that these families do not have. A
 * file that sets one of them means arithmetic that is not done here, so it is refused unless the
 * value changes nothing.
 */
final class GgufForeignKeys {
  /** Factors that do nothing at 1, as 0 stands for "none" in all of them. */
  private static final List<String> FACTORS =
      List.of(
          "logit_scale",
          "embedding_scale",
          "residual_scale",
          "attention.output_scale",
          "attention.value_scale",
          "attention.temperature_scale",
          "rope.freq_scale",
          "rope.scaling.alpha",
          "rope.scaling.extrapolation_factor",
          "rope.scaling.yarn_ext_factor",
          "rope.scaling.yarn_attn_factor");

  /** Numbers that do nothing at 0. */
  private static final List<String> AMOUNTS =
      List.of(
          "attn_logit_softcapping",
          "router_logit_softcapping",
          "attention.clamp_kqv",
          "attention.max_alibi_bias",
          "attention.temperature_length",
          "attention.shared_kv_layers",
          "rope.scaling.yarn_log_multiplier",
          "leading_dense_block_count",
          "nextn_predict_layers");

  /** Switches that do nothing when off. */
  private static final List<String> SWITCHES = List.of("use_parallel_residual", "swin_norm");

  private static final String SECTIONS = "rope.dimension_sections";
  private static final double YARN_BETA_FAST = 32;
  private static final double YARN_BETA_SLOW = 1;

  private final GgufMetadata metadata;
  private final Architecture architecture;
  private final String prefix;

  GgufForeignKeys(GgufMetadata metadata, Architecture architecture, String prefix) {
    this.metadata = metadata;
    this.architecture = architecture;
    this.prefix = prefix;
  }

  /**
   * Refuses the first that would change something.
   *
   * @throws io.dipper.error.UserException that names it
   */
  void refuse() {
    FACTORS.forEach(key -> require(key, 1, Optional.of(0.0)));
    AMOUNTS.forEach(key -> require(key, 0, Optional.empty()));
    SWITCHES.forEach(this::requireOff);
    for (String key : List.of("rope.scaling.yarn_beta_fast", "rope.scaling.beta_fast")) {
      require(key, YARN_BETA_FAST, Optional.empty());
    }
    for (String key : List.of("rope.scaling.yarn_beta_slow", "rope.scaling.beta_slow")) {
      require(key, YARN_BETA_SLOW, Optional.empty());
    }
    if (architecture != Architecture.GEMMA3) {
      require("final_logit_softcapping", 0, Optional.empty());
    }
    requireActivation();
    if (metadata.has(prefix + SECTIONS)) {
      throw metadata.wrong(prefix + SECTIONS, "none: RoPE in sections is not supported");
    }
    if (!metadata.flag(prefix + "attention.causal", true)) {
      throw metadata.wrong(
          prefix + "attention.causal", "true: attention in both directions is not supported");
    }
  }

  private void requireActivation() {
    String key = prefix + "hidden_activation";
    List<String> own =
        architecture == Architecture.GEMMA3
            ? List.of("gelu_pytorch_tanh", "gelu")
            : List.of("silu", "swish");
    if (metadata.has(key) && !own.contains(metadata.text(key))) {
      throw metadata.wrong(key, own.get(0) + ", that of architecture " + architecture);
    }
  }

  private void require(String name, double neutral, Optional<Double> none) {
    String key = prefix + name;
    double value = metadata.number(key, neutral);
    if (value != neutral && !none.equals(Optional.of(value))) {
      throw metadata.wrong(
          key, (long) neutral + ": this is not supported in architecture " + architecture);
    }
  }

  private void requireOff(String name) {
    if (metadata.flag(prefix + name, false)) {
      throw metadata.wrong(
          prefix + name, "false: this is not supported in architecture " + architecture);
    }
  }
}
