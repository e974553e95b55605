package io.dipper.tracegen.corpus;

import io.dipper.error.UserException;
import io.dipper.tracegen.tokenizer.Tokenizer;
import io.dipper.tracegen.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The tokens of a text, and where they come from.
 *
 * @param tokens of the whole text, nothing added
 * @param sha256 of the bytes that were read, in lower-case hex
 * @param tokenizer its name; empty where the file held token ids
 */
public record Corpus(int[] tokens, String sha256, String tokenizer) {
  /**
   * Tokenises a UTF-8 text with a model's own tokenizer.
   *
   * @param text a file or a pipe, read once, or {@code -} for standard input
   * @throws UserException if the text cannot be read or the model has no tokenizer
   */
  public static Corpus ofText(Path text, Path model) {
    CorpusBytes read = CorpusBytes.read(text);
    String content = read.text();
    try (Tokenizer tokenizer = Tokenizers.forModel(model)) {
      return new Corpus(tokenizer.encode(content), read.sha256(), tokenizer.name());
    }
  }

  /**
   * Reads a file of token ids, as {@link TokenIds} does.
   *
   * @param ids a file or a pipe, read once, or {@code -} for standard input
   * @param vocabulary ids must be below it
   */
  public static Corpus ofIds(Path ids, int vocabulary) {
    CorpusBytes read = CorpusBytes.read(ids);
    return new Corpus(TokenIds.parse(ids, read.bytes(), vocabulary), read.sha256(), "");
  }

  /**
   * Some of the text's blocks.
   *
   * @param blockLength in tokens
   */
  public Corpus part(Part part, int blockLength) {
    return new Corpus(part.of(tokens, blockLength), sha256, tokenizer);
  }

  /** The first tokens, {@code count} of them at most. */
  public Corpus limit(int count) {
    return count >= tokens.length
        ? this
        : new Corpus(Arrays.copyOf(tokens, count), sha256, tokenizer);
  }
}
