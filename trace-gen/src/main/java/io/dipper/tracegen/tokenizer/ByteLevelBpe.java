package io.dipper.tracegen.tokenizer;

import io.dipper.error.UserException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a GGUF vocabulary of kind {@code gpt2} (byte-level BPE with merges) into tokenizer.json.
 */
final class ByteLevelBpe {
  private ByteLevelBpe() {}

  static byte[] json(GgufVocabulary vocabulary) {
    PreTokenizer pre = preTokenizer(vocabulary);
    var json =
        new TokenizerJson(vocabulary)
            .model("ignore_merges", pre.wholeWordsFirst())
            .model("byte_fallback", false)
            .merges(merges(vocabulary));
    var steps = json.sequence("pre_tokenizer", "pretokenizers");
    for (String expression : pre.expressions()) {
      steps
          .add("Split")
          .put("behavior", "Isolated")
          .put("invert", false)
          .putObject("pattern")
          .put("Regex", expression);
    }
    byteLevel(steps);
    byteLevel(json.sequence("decoder", "decoders"));
    return json.bytes();
  }

  private static void byteLevel(TokenizerJson.Steps steps) {
    steps
        .add("ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
  }

  private static PreTokenizer preTokenizer(GgufVocabulary vocabulary) {
    String name = vocabulary.metadata().text("tokenizer.ggml.pre", "default");
    return PreTokenizer.named(name)
        .orElseThrow(
            () ->
                UserException.in(
                    vocabulary.file().path(),
                    "pre-tokenizer %s is not supported; supported: %s"
                        .formatted(name, PreTokenizer.supported())));
  }

  private static List<String[]> merges(GgufVocabulary vocabulary) {
    var merges = new ArrayList<String[]>();
    for (String merge : vocabulary.metadata().texts("tokenizer.ggml.merges")) {
      int space = merge.indexOf(' ', 1);
      if (space < 1 || space == merge.length() - 1) {
        throw UserException.in(
            vocabulary.file().path(),
            "tokenizer.ggml.merges holds '" + merge + "', expected two tokens");
      }
      merges.add(new String[] {merge.substring(0, space), merge.substring(space + 1)});
    }
    return merges;
  }
}
