package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.dipper.error.UserException;
import io.dipper.tracegen.format.AttentionWindows;

/** Reads which layers of a model see a sliding window only; each family says it in its own way. */
final class LayerWindows {
  private static final String WINDOW = "sliding_window";

  private final JsonFields config;
  private final int layers;

  private LayerWindows(JsonFields config, int layers) {
    this.config = config;
    this.layers = layers;
  }

  /** The reading of a configuration that has its family's defaults. */
  static AttentionWindows of(HuggingFaceFamily family, JsonFields config, int layers) {
    var windows = new LayerWindows(config, layers);
    return switch (family) {
      case LLAMA -> AttentionWindows.none(layers);
      case MISTRAL, PHI3 -> windows.everywhere();
      case QWEN2, QWEN3 -> windows.qwen();
      case GEMMA3 -> windows.gemma();
    };
  }

  private AttentionWindows everywhere() {
    return config.has(WINDOW)
        ? AttentionWindows.where(config.positive(WINDOW), layers, layer -> true)
        : AttentionWindows.none(layers);
  }

  private AttentionWindows qwen() {
    boolean windowed = config.flag("use_sliding_window", false) && config.has(WINDOW);
    if (config.has("layer_types")) {
      AttentionWindows windows = ofLayerTypes(windowed ? config.positive(WINDOW) : 0);
      if (!windowed && windows.local().contains(true)) {
        throw config.wrong(
            "layer_types", "full_attention alone, as use_sliding_window gives the model no window");
      }
      return windows;
    }
    int first = config.whole("max_window_layers", 0);
    return windowed
        ? AttentionWindows.where(config.positive(WINDOW), layers, layer -> layer >= first)
        : AttentionWindows.none(layers);
  }

  private AttentionWindows gemma() {
    AttentionWindows windows = gemmaWindows();
    return windows.local().contains(true) ? windows : AttentionWindows.none(layers);
  }

  private AttentionWindows gemmaWindows() {
    if (config.has("layer_types")) {
      return ofLayerTypes(config.positive(WINDOW));
    }
    int pattern = config.positive("sliding_window_pattern");
    return AttentionWindows.saveEvery(pattern, config.positive(WINDOW), layers);
  }

  private AttentionWindows ofLayerTypes(int window) {
    JsonNode types = config.node().path("layer_types");
    if (!types.isArray() || types.size() != layers) {
      throw config.wrong("layer_types", "a list of " + layers + " layer types");
    }
    return AttentionWindows.where(window, layers, layer -> isLocal(types.get(layer)));
  }

  private boolean isLocal(JsonNode type) {
    return switch (type.asText()) {
      case "full_attention", "attention" -> false;
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
