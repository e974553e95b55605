package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.dipper.error.UserException;
import io.dipper.tracegen.format.AttentionWindows;

/** Reads which layers of a model see a sliding window only; each family says it in its own way. */
final class LayerWindows {
  private final String modelType;
  private final JsonFields config;
  private final int layers;

  private LayerWindows(String modelType, JsonFields config, int layers) {
    this.modelType = modelType;
    this.config = config;
    this.layers = layers;
  }

  /** The reading of a configuration. */
  static AttentionWindows of(String modelType, JsonFields config, int layers) {
    return new LayerWindows(modelType, config, layers).read();
  }

  private AttentionWindows read() {
    return switch (modelType) {
      case "mistral", "phi3" -> everywhere();
      case "qwen2", "qwen3" -> qwen();
      case "gemma3_text" -> gemma();
      default -> AttentionWindows.none(layers);
    };
  }

  private AttentionWindows everywhere() {
    return config.has("sliding_window")
        ? AttentionWindows.where(config.positive("sliding_window"), layers, layer -> true)
        : AttentionWindows.none(layers);
  }

  private AttentionWindows qwen() {
    if (!config.flag("use_sliding_window", false)) {
      return AttentionWindows.none(layers);
    }
    int window = config.positive("sliding_window", 4096);
    if (config.has("layer_types")) {
      return ofLayerTypes(window);
    }
    int first = config.node().path("max_window_layers").asInt(28);
    return AttentionWindows.where(window, layers, layer -> layer >= first);
  }

  private AttentionWindows gemma() {
    int window = config.positive("sliding_window", 4096);
    if (config.has("layer_types")) {
      return ofLayerTypes(window);
    }
    int pattern = config.positive("sliding_window_pattern", 6);
    return AttentionWindows.saveEvery(pattern, window, layers);
  }

  private AttentionWindows ofLayerTypes(int window) {
    JsonNode types = config.node().path("layer_types");
    if (types.size() != layers) {
      throw config.wrong("layer_types", "a list of " + layers + " layer types");
    }
    return AttentionWindows.where(window, layers, layer -> isLocal(types.get(layer)));
  }

  private boolean isLocal(JsonNode type) {
    return switch (type.asText()) {
      case "full_attention" -> false;
      case "sliding_attention" -> true;
      default ->
          throw UserException.in(
              config.file(),
              "layer_types has "
                  + type
                  + ", which is not supported; supported: full_attention, sliding_attention");
    };
  }
}
