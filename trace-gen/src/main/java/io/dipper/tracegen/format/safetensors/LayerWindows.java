package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.dipper.error.UserException;
import io.dipper.tracegen.format.AttentionWindows;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Reads which layers of a model see a sliding window only; each family says it in its own way. */
final class LayerWindows {
  private static final String WINDOW = "sliding_window";
  private static final String TYPES = "layer_types";

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
      case LLAMA, OLMOE -> AttentionWindows.none(layers);
      case PHI3, MIXTRAL -> windows.everywhere();
      case QWEN3_MOE -> windows.ifUsed();
      case MISTRAL -> config.has(TYPES) ? windows.ofLayerTypes() : windows.everywhere();
      case QWEN2, QWEN3 -> windows.qwen();
      case GEMMA3 -> config.has(TYPES) ? windows.ofLayerTypes() : windows.byPattern();
    };
  }

  private AttentionWindows everywhere() {
    return where(config.has(WINDOW), layer -> true);
  }

  private AttentionWindows ifUsed() {
    return where(isUsed(), layer -> true);
  }

  private boolean isUsed() {
    return config.flag("use_sliding_window", false) && config.has(WINDOW);
  }

  private AttentionWindows qwen() {
    boolean windowed = isUsed();
    if (!config.has(TYPES)) {
      int first = config.whole("max_window_layers", 0);
      return where(windowed, layer -> layer >= first);
    }
    AttentionWindows windows = ofLayerTypes();
    if (!windowed && windows.local().contains(true)) {
      throw config.wrong(
          TYPES, "full_attention alone, as use_sliding_window gives the model no window");
    }
    return windows;
  }

  private AttentionWindows byPattern() {
    int pattern = config.positive("sliding_window_pattern");
    return where(true, layer -> (layer + 1) % pattern != 0);
  }

  private AttentionWindows ofLayerTypes() {
    JsonNode types = config.node().path(TYPES);
    if (!types.isArray() || types.size() != layers) {
      throw config.wrong(TYPES, "a list of " + layers + " layer types");
    }
    return where(true, layer -> isLocal(types.get(layer)));
  }

  /** Windows in some layers; the window's length is read if there is such a layer. */
  private AttentionWindows where(boolean windowed, IntPredicate isLocal) {
    return windowed && IntStream.range(0, layers).anyMatch(isLocal)
        ? AttentionWindows.where(config.positive(WINDOW), layers, isLocal)
        : AttentionWindows.none(layers);
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
