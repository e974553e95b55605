package io.dipper.tracegen.tokenizer;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.gguf.GgufFile;
import io.dipper.tracegen.format.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * The vocabulary of a GGUF file.
 *
 * @param tokens by id
 * @param types by id: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte
 */
record GgufVocabulary(GgufFile file, List<String> tokens, long[] types) {
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  /**
   * A token that is found in the text before anything else is done to it.
   *
   * @param special whether it is for the model's use and never text
   */
  record Added(int id, String content, boolean special) {}

  static GgufVocabulary of(GgufFile file) {
    GgufMetadata metadata = file.metadata();
    List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
    long[] types = new long[tokens.size()];
    String key = "tokenizer.ggml.token_type";
    if (metadata.has(key)) {
      types = metadata.wholes(key);
    }
    if (types.length != tokens.size()) {
      throw UserException.in(
          file.path(),
          key + " has %d entries for %d tokens".formatted(types.length, tokens.size()));
    }
    return new GgufVocabulary(file, tokens, types);
  }

  GgufMetadata metadata() {
    return file.metadata();
  }

  List<Added> added() {
    var added = new ArrayList<Added>();
    for (int id = 0; id < types.length; id++) {
      boolean special = types[id] == CONTROL || types[id] == UNKNOWN;
      if ((special || types[id] == USER_DEFINED) && !tokens.get(id).isEmpty()) {
        added.add(new Added(id, tokens.get(id), special));
      }
    }
    return added;
  }
}
