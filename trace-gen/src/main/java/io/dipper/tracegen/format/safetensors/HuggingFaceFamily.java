package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A model family of the transformers library that we read, by its {@code model_type}. What its
 * configurations leave out stands in the resource {@code config-defaults.json}.
 */
enum HuggingFaceFamily {
  LLAMA("llama", Architecture.LLAMA),
  MISTRAL("mistral", Architecture.LLAMA),
  MIXTRAL("mixtral", Architecture.LLAMA),
  PHI3("phi3", Architecture.PHI3),
  QWEN2("qwen2", Architecture.QWEN2),
  QWEN3("qwen3", Architecture.QWEN3),
  QWEN3_MOE("qwen3_moe", Architecture.QWEN3_MOE),
  OLMOE("olmoe", Architecture.OLMOE),
  GEMMA3("gemma3_text", Architecture.GEMMA3);

  private static final JsonNode DEFAULTS = defaults();

  private final String modelType;
  private final Architecture architecture;

  HuggingFaceFamily(String modelType, Architecture architecture) {
    this.modelType = modelType;
    this.architecture = architecture;
  }

  private static JsonNode defaults() {
    try (InputStream in = HuggingFaceFamily.class.getResourceAsStream("config-defaults.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The family of a {@code model_type}; empty for those that we do not read. */
  static Optional<HuggingFaceFamily> of(String modelType) {
    // A mistral with layer types is what the library also calls a ministral.
    String type = modelType.equals("ministral") ? MISTRAL.modelType : modelType;
    return Arrays.stream(values()).filter(f -> f.modelType.equals(type)).findFirst();
  }

  Architecture architecture() {
    return architecture;
  }

  /** A configuration with this family's defaults where a key is absent; a null stays a null. */
  JsonFields withDefaults(JsonFields config) {
    ObjectNode all = DEFAULTS.get(modelType).deepCopy();
    config.node().properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    return config.completedTo(all);
  }

  /** Whether {@code attention_bias} puts biases on query, key, value and output. */
  boolean readsAttentionBias() {
    return this == LLAMA || this == QWEN3 || this == QWEN3_MOE || this == OLMOE || this == GEMMA3;
  }

  /** Whether layers of this family may have experts. */
  boolean hasExperts() {
    return this == MIXTRAL || this == QWEN3_MOE || this == OLMOE;
  }

  /** Whether {@code mlp_bias} puts biases on gate, up and down. */
  boolean readsMlpBias() {
    return this == LLAMA;
  }

  /** Whether every {@code partial_rotary_factor} is obeyed, even without a RoPE scaling. */
  boolean rotatesAPart() {
    return this == PHI3;
  }
}
