package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.dipper.error.UserException;

/**
 * Which layers of a model see a sliding window only.
 *
 * @param window tokens seen, itself included; 0 where every layer sees all
 * @param pattern every pattern-th layer sees all; 1 where none does
 */
record LayerWindows(int window, int pattern) {
  private static final LayerWindows NONE = new LayerWindows(0, 1);

  /** The reading of a configuration; each family says it in its own way. */
  static LayerWindows of(String modelType, JsonFields config, int layers) {
    boolean windowed =
        switch (modelType) {
          case "mistral", "phi3" -> config.has("sliding_window");
          case "qwen2", "qwen3" ->
              config.flag("use_sliding_window", false) && config.has("sliding_window");
          case "gemma3_text" -> true;
          default -> false;
        };
    if (!windowed) {
      return NONE;
    }
    int window = config.positive("sliding_window", 4096);
    if (config.has("layer_types")) {
      return ofLayerTypes(config, window, layers);
    }
    return switch (modelType) {
      case "gemma3_text" -> new LayerWindows(window, gemmaPattern(config));
      case "qwen2", "qwen3" -> ofFirstWindowed(config, window, layers);
      default -> new LayerWindows(window, 1);
    };
  }

  private static int gemmaPattern(JsonFields config) {
    return config.positive("sliding_window_pattern", config.positive("_sliding_window_pattern", 6));
  }

  private static LayerWindows ofFirstWindowed(JsonFields config, int window, int layers) {
    int first = config.node().path("max_window_layers").asInt(0);
    if (first >= layers) {
      return NONE;
    }
    if (first > 0) {
      throw config.wrong("max_window_layers", "0 or the number of layers, " + layers);
    }
    return new LayerWindows(window, 1);
  }

  private static LayerWindows ofLayerTypes(JsonFields config, int window, int layers) {
    JsonNode types = config.node().path("layer_types");
    if (types.size() != layers) {
      throw config.wrong("layer_types", "a list of " + layers + " layer types");
    }
    int pattern = 1;
    while (pattern <= layers && !isFull(config, types, pattern - 1)) {
      pattern++;
    }
    if (pattern > layers) {
      return new LayerWindows(window, 1);
    }
    for (int layer = 0; layer < layers; layer++) {
      if (isFull(config, types, layer) != ((layer + 1) % pattern == 0)) {
        throw config.wrong("layer_types", "full attention in every n-th layer and nowhere else");
      }
    }
    return pattern == 1 ? NONE : new LayerWindows(window, pattern);
  }

  private static boolean isFull(JsonFields config, JsonNode types, int layer) {
    return switch (types.get(layer).asText()) {
      case "full_attention" -> true;
      case "sliding_attention" -> false;
      default ->
          throw UserException.in(
              config.file(),
              "layer_types has "
                  + types.get(layer)
                  + ", which is not supported; supported: full_attention, sliding_attention");
    };
  }
}
