package io.dipper.tracegen.corpus;

import io.dipper.error.UserException;
import io.dipper.trace.Sha256;
import io.dipper.tracegen.tokenizer.Tokenizer;
import io.dipper.tracegen.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The tokens of a text, and where they come from.
 *
 * @param tokens of the whole text, nothing added
 * @param sha256 of the file that was read, in lower-case hex
 * @param tokenizer its name; empty where the file held token ids
 */
public record Corpus(int[] tokens, String sha256, String tokenizer) {
  /**
   * Tokenises a UTF-8 text with a model's own tokenizer.
   *
   * @throws UserException if the text cannot be read or the model has no tokenizer
   */
  public static Corpus ofText(Path text, Path model) {
    String content = content(text);
    try (Tokenizer tokenizer = Tokenizers.forModel(model)) {
      return new Corpus(tokenizer.encode(content), Sha256.of(text), tokenizer.name());
    }
  }

  /**
   * Reads a file of token ids, as {@link TokenIds} does.
   *
   * @param vocabulary ids must be below it
   */
  public static Corpus ofIds(Path ids, int vocabulary) {
    return new Corpus(TokenIds.read(ids, vocabulary), Sha256.of(ids), "");
  }

  /**
   * Some of the text's blocks.
   *
   * @param blockLength in tokens
   */
  public Corpus part(Part part, int blockLength) {
    return new Corpus(part.of(tokens, blockLength), sha256, tokenizer);
  }

  /** At most the first so many tokens. */
  public Corpus limit(int count) {
    return count >= tokens.length
        ? this
        : new Corpus(Arrays.copyOf(tokens, count), sha256, tokenizer);
  }

  private static String content(Path text) {
    try {
      return Files.readString(text);
    } catch (CharacterCodingException e) {
      throw new UserException(text + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw UserException.unreadable(text, e);
    }
  }
}
