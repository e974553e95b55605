package io.dipper.tracegen.corpus;

import io.dipper.error.UserException;
import io.dipper.trace.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a text or of token ids, read once: from a file, from a pipe, which gives them only
 * once, or from standard input.
 *
 * @param path as the user named it
 */
record CorpusBytes(Path path, byte[] bytes) {
  private static final String STANDARD_INPUT = "-";

  /**
   * Reads all of a file or a pipe, or of standard input where the path is {@code -}.
   *
   * @throws UserException if it cannot be read
   */
  static CorpusBytes read(Path path) {
    try (InputStream in =
        path.toString().equals(STANDARD_INPUT) ? System.in : Files.newInputStream(path)) {
      return new CorpusBytes(path, in.readAllBytes());
    } catch (IOException e) {
      throw UserException.unreadable(path, e);
    }
  }

  /** Their digest, in lower-case hex. */
  String sha256() {
    return Sha256.of(bytes);
  }

  /**
   * The bytes as text in UTF-8.
   *
   * @throws UserException if they are not
   */
  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserException(path + ": is not UTF-8 text", e);
    }
  }
}
