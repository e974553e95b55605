package io.dipper.tracegen.tokenizer;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a GGUF vocabulary of kind {@code llama} (SentencePiece BPE: pieces with scores, bytes as a
 * fallback) into tokenizer.json.
 *
 * <p>SentencePiece merges whichever neighbours form the piece of the highest score. So every way to
 * put a piece together from two others is a merge, ranked by the piece's score.
 */
final class SentencePieceBpe {
  /** What stands for a space inside pieces: U+2581. */
  private static final String SPACE = "\u2581";

  private static final String CHARACTER_MAP = "tokenizer.ggml.precompiled_charsmap";
  private static final String EXTRA_SPACES = "tokenizer.ggml.remove_extra_whitespaces";

  private record Merge(String left, String right, double score) {}

  private static final Comparator<Merge> BEST_FIRST =
      Comparator.comparingDouble(Merge::score)
          .thenComparingInt(merge -> merge.left().length())
          .thenComparingInt(merge -> merge.right().length())
          .reversed();

  private SentencePieceBpe() {}

  static byte[] json(GgufVocabulary vocabulary) {
    refuseNormalisation(vocabulary.metadata());
    var json =
        new TokenizerJson(vocabulary)
            .model("fuse_unk", true)
            .model("byte_fallback", true)
            .merges(merges(vocabulary));
    int unknown = vocabulary.metadata().whole("tokenizer.ggml.unknown_token_id", 0, -1);
    if (unknown >= 0 && unknown < vocabulary.tokens().size()) {
      json.model("unk_token", vocabulary.tokens().get(unknown));
    }
    boolean spaceFirst = vocabulary.metadata().flag("tokenizer.ggml.add_space_prefix", true);
    normalizer(json.sequence("normalizer", "normalizers"), spaceFirst);
    decoder(json.sequence("decoder", "decoders"), spaceFirst);
    return json.bytes();
  }

  /** What SentencePiece would do to a text before it looks for pieces, and nothing here does. */
  private static void refuseNormalisation(GgufMetadata metadata) {
    if (metadata.has(CHARACTER_MAP)) {
      throw metadata.wrong(CHARACTER_MAP, "none: normalisation is not supported");
    }
    if (metadata.flag(EXTRA_SPACES, false)) {
      throw metadata.wrong(EXTRA_SPACES, "false: normalisation is not supported");
    }
  }

  private static void normalizer(TokenizerJson.Steps steps, boolean spaceFirst) {
    if (spaceFirst) {
      steps.add("Prepend").put("prepend", SPACE);
    }
    steps.add("Replace").put("content", SPACE).putObject("pattern").put("String", " ");
  }

  private static void decoder(TokenizerJson.Steps steps, boolean spaceFirst) {
    steps.add("Replace").put("content", " ").putObject("pattern").put("String", SPACE);
    steps.add("ByteFallback");
    steps.add("Fuse");
    if (spaceFirst) {
      steps.add("Strip").put("content", " ").put("start", 1).put("stop", 0);
    }
  }

  private static List<String[]> merges(GgufVocabulary vocabulary) {
    List<String> tokens = vocabulary.tokens();
    double[] scores = vocabulary.metadata().fractions("tokenizer.ggml.scores");
    if (scores.length != tokens.size()) {
      throw UserException.in(
          vocabulary.file().path(),
          "tokenizer.ggml.scores has %d entries for %d tokens"
              .formatted(scores.length, tokens.size()));
    }
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    var merges = new ArrayList<Merge>();
    for (int id = 0; id < tokens.size(); id++) {
      addSplits(tokens.get(id), scores[id], ids, merges);
    }
    merges.sort(BEST_FIRST);
    return merges.stream().map(merge -> new String[] {merge.left(), merge.right()}).toList();
  }

  private static void addSplits(
      String token, double score, Map<String, Integer> ids, List<Merge> merges) {
    int first = merges.size();
    for (int cut = 1; cut < token.length(); cut++) {
      String left = token.substring(0, cut);
      String right = token.substring(cut);
      if (ids.containsKey(left) && ids.containsKey(right)) {
        merges.add(new Merge(left, right, score));
      }
    }
    merges
        .subList(first, merges.size())
        .sort(
            Comparator.comparingInt((Merge merge) -> ids.getOrDefault(merge.left(), 0))
                .thenComparingInt(merge -> ids.getOrDefault(merge.right(), 0)));
  }
}
