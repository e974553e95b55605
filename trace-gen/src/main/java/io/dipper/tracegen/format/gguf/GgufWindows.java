package io.dipper.tracegen.format.gguf;

import io.dipper.tracegen.format.AttentionWindows;
import io.dipper.tracegen.format.ModelConfig.Architecture;

/**
 * Reads sliding windows from GGUF metadata, as llama.cpp, whose format it is, understands them:
 * gemma3 has windows in some layers. The key in files of phi3 is known to be wrong and does
 * nothing; other families have none, so that a file which sets one is refused.
 */
final class GgufWindows {
  private static final int GEMMA_PATTERN = 6;

  private final GgufMetadata metadata;
  private final Architecture architecture;
  private final String prefix;

  GgufWindows(GgufMetadata metadata, Architecture architecture, String prefix) {
    this.metadata = metadata;
    this.architecture = architecture;
    this.prefix = prefix;
  }

  AttentionWindows read(int layers) {
    String key = prefix + "attention.sliding_window";
    int length = metadata.whole(key, 0, 0);
    return switch (architecture) {
      case GEMMA3 -> length == 0 ? AttentionWindows.none(layers) : local(length, layers);
      case PHI3 -> AttentionWindows.none(layers);
      case LLAMA, QWEN2, QWEN3, QWEN3_MOE, OLMOE -> {
        if (length > 0 && length < metadata.whole(prefix + "context_length", 1)) {
          throw metadata.wrong(
              key, "none: windows are not supported in GGUF files of " + architecture);
        }
        yield AttentionWindows.none(layers);
      }
    };
  }

  /** A number n (all layers but every n-th), or for each layer whether it has a window. */
  private AttentionWindows local(int length, int layers) {
    String key = prefix + "attention.sliding_window_pattern";
    if (metadata.has(key) && metadata.entries().get(key) instanceof GgufValue.Wholes each) {
      long[] isLocal = each.values();
      if (isLocal.length != layers) {
        throw metadata.wrong(key, "a number, or true or false for each of " + layers + " layers");
      }
      return AttentionWindows.where(length, layers, layer -> isLocal[layer] != 0);
    }
    int pattern = metadata.whole(key, 0, GEMMA_PATTERN);
    return pattern == 0
        ? AttentionWindows.where(length, layers, layer -> true)
        : AttentionWindows.saveEvery(pattern, length, layers);
  }
}
