package io.dipper.hwsim.routes;

import io.dipper.error.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the comment lines of a router trace say of its model: {@code model=… arch=… n_layer=…
 * n_expert=… n_expert_used=…}, then for each layer {@code layer=… expert_bytes=… dense_bytes=…}.
 */
final class RouteHeader {
  private static final int MOST_LAYERS = 4096;
  private static final int MOST_EXPERTS = 1 << 16;

  private final Path file;
  private String model = "";
  private String architecture = "";
  private int experts;
  private int perToken;
  private long[] expertBytes = {};
  private long[] denseBytes = {};

  RouteHeader(Path file) {
    this.file = file;
  }

  /** Reads one comment line, without its mark; those that say something else are passed over. */
  void read(long line, String comment) {
    Map<String, String> pairs = new HashMap<>();
    for (String word : comment.strip().split("\\s+")) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        pairs.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    if (pairs.containsKey("n_expert")) {
      readModel(line, pairs);
    } else if (pairs.containsKey("layer") && pairs.containsKey("expert_bytes")) {
      readLayer(line, pairs);
    }
  }

  private void readModel(long line, Map<String, String> pairs) {
    model = pairs.getOrDefault("model", "");
    architecture = pairs.getOrDefault("arch", "");
    int layers = (int) number(line, pairs, "n_layer", 1, MOST_LAYERS);
    experts = (int) number(line, pairs, "n_expert", 1, MOST_EXPERTS);
    perToken = (int) number(line, pairs, "n_expert_used", 1, experts);
    expertBytes = new long[layers];
    denseBytes = new long[layers];
    Arrays.fill(expertBytes, -1);
  }

  private void readLayer(long line, Map<String, String> pairs) {
    if (expertBytes.length == 0) {
      throw error(line, "a layer comes before '# model=... n_layer=... n_expert=...'");
    }
    int layer = (int) number(line, pairs, "layer", 0, expertBytes.length - 1);
    if (expertBytes[layer] >= 0) {
      throw error(line, "layer " + layer + " is there twice");
    }
    expertBytes[layer] = number(line, pairs, "expert_bytes", 1, Long.MAX_VALUE / MOST_EXPERTS);
    denseBytes[layer] = number(line, pairs, "dense_bytes", 0, Long.MAX_VALUE / MOST_EXPERTS);
  }

  private long number(long line, Map<String, String> pairs, String key, long least, long most) {
    String text = pairs.getOrDefault(key, "");
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    String is = text.isEmpty() ? "is missing" : "is " + text;
    throw error(line, key + " " + is + ", want a whole number from " + least + " to " + most);
  }

  /** All comments have been read. */
  void check() {
    if (expertBytes.length == 0) {
      throw UserException.in(
          file,
          "has no line '# model=... arch=... n_layer=... n_expert=... n_expert_used=...' before its"
              + " columns; it is no router trace");
    }
    for (int layer = 0; layer < expertBytes.length; layer++) {
      if (expertBytes[layer] < 0) {
        throw UserException.in(
            file,
            "has no line '# layer="
                + layer
                + " expert_bytes=... dense_bytes=...' before its columns");
      }
    }
  }

  private UserException error(long line, String what) {
    return new UserException(file + ":" + line + ": " + what);
  }

  String model() {
    return model;
  }

  String architecture() {
    return architecture;
  }

  int layers() {
    return expertBytes.length;
  }

  int experts() {
    return experts;
  }

  int perToken() {
    return perToken;
  }

  long expertBytes(int layer) {
    return expertBytes[layer];
  }

  long denseBytes(int layer) {
    return denseBytes[layer];
  }
}
