package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.TokenConfig;
import java.util.Set;

/** Reads from GGUF metadata which token sequences a model was made for. */
final class GgufTokens {
  private static final String MODEL = "tokenizer.ggml.model";
  private static final String TOKENS = "tokenizer.ggml.tokens";

  /** Pre-tokenizers of families whose texts begin with BOS where a file does not say. */
  private static final Set<String> WITH_BOS =
      Set.of(
          "llama-bpe",
          "llama3",
          "llama-v3",
          "falcon3",
          "falcon-h1",
          "pixtral",
          "midm-2.0",
          "lfm2",
          "tekken");

  private final GgufFile file;
  private final GgufMetadata metadata;

  GgufTokens(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
  }

  /**
   * The context and BOS.
   *
   * @param contextKey of the trained context's length
   * @param vocabulary rows of the embedding
   */
  TokenConfig read(String contextKey, int vocabulary) {
    requireOneRowPerToken(vocabulary);
    return new TokenConfig(
        metadata.whole(contextKey, 1),
        metadata.whole("tokenizer.ggml.bos_token_id", 0, defaultBos()),
        metadata.flag("tokenizer.ggml.add_bos_token", addsBosByDefault()));
  }

  private void requireOneRowPerToken(int vocabulary) {
    if (metadata.has(TOKENS) && metadata.texts(TOKENS).size() != vocabulary) {
      throw UserException.in(
          file.path(),
          "%s has %d entries, expected one for each of the embedding's %d rows"
              .formatted(TOKENS, metadata.texts(TOKENS).size(), vocabulary));
    }
  }

  /** The tokenizer libraries' own: SentencePiece's {@code <s>}, GPT-2's end of text. */
  private int defaultBos() {
    return switch (metadata.text(MODEL, "none")) {
      case "llama" -> 1;
      case "gpt2" -> 11;
      default -> -1;
    };
  }

  private boolean addsBosByDefault() {
    return switch (metadata.text(MODEL, "none")) {
      case "llama" -> true;
      case "gpt2" -> WITH_BOS.contains(metadata.text("tokenizer.ggml.pre", "default"));
      default -> false;
    };
  }
}
