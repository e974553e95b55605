package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import java.util.List;

/** Refuses, by name, what a config.json asks for and the forward pass does not do. */
final class UnsupportedKeys {
  private static final List<String> QUANTISATIONS =
      List.of("quantization_config", "compression_config");

  private UnsupportedKeys() {}

  /**
   * Looks through a configuration.
   *
   * @param text its part that describes the language model
   */
  static void refuse(JsonFields root, JsonFields text, HuggingFaceFamily family) {
    for (JsonFields part : List.of(root, text)) {
      for (String key : QUANTISATIONS) {
        if (part.has(key)) {
          throw quantised(part, key);
        }
      }
    }
    if (!text.flag("is_causal", true)) {
      throw text.wrong("is_causal", "true: bidirectional attention is not supported");
    }
    if (family == HuggingFaceFamily.GEMMA3 && text.flag("use_bidirectional_attention", false)) {
      throw text.wrong(
          "use_bidirectional_attention", "false: bidirectional attention is not supported");
    }
    if (!text.node().path("per_layer_config").isEmpty()) {
      throw text.wrong("per_layer_config", "none: layers of different shapes are not supported");
    }
    if (root.has("transformers_weights")) {
      throw root.wrong("transformers_weights", "none: weights are read from model.safetensors");
    }
  }

  private static UserException quantised(JsonFields part, String key) {
    String method = part.node().path(key).path("quant_method").asText("an unnamed method");
    return UserException.in(
        part.file(),
        key
            + ": weights quantised by "
            + method
            + " are not supported; expected F32, F16 or BF16, or a GGUF file");
  }
}
