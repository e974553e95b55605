package io.dipper.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A kind of file, told by what is in it and never by its name: an output replaces a file of its own
 * kind, and nothing else.
 *
 * @param article its name in messages, such as {@code a trace}
 * @param beginning whether a file is of the kind, mostly told by what it begins with
 */
public record FileKind(String article, Beginning beginning) {
  private static final byte[] ARROW = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MANIFEST = "dipper.manifest".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_SCHEMA_BYTES = 256 << 20;
  private static final int TEXT_BYTES = 1 << 16;

  /** A recording: an Arrow file whose schema has our manifest. */
  static final FileKind TRACE = new FileKind("a trace", FileKind::isTrace);

  /** What a file begins with. */
  @FunctionalInterface
  public interface Beginning {
    boolean isIn(InputStream in) throws IOException;
  }

  /**
   * A kind of text.
   *
   * @param is whether the first 64 KiB of a file are of it
   */
  public static FileKind ofText(String article, Predicate<String> is) {
    return new FileKind(
        article, in -> is.test(new String(in.readNBytes(TEXT_BYTES), StandardCharsets.UTF_8)));
  }

  /** Whether a file may be replaced by one of this kind: it is of this kind, or empty. */
  boolean replaces(Path file) throws IOException {
    if (Files.size(file) == 0) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return beginning.isIn(in);
    }
  }

  /** The schema comes first, as a message with its length before it. */
  private static boolean isTrace(InputStream in) throws IOException {
    byte[] start = in.readNBytes(ARROW.length + 2 * Integer.BYTES);
    if (start.length < ARROW.length + 2 * Integer.BYTES
        || !Arrays.equals(Arrays.copyOf(start, ARROW.length), ARROW)) {
      return false;
    }
    ByteBuffer prefix = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int length = prefix.getInt(ARROW.length + Integer.BYTES);
    boolean plausible = length > 0 && length <= MOST_SCHEMA_BYTES;
    return plausible && contains(in.readNBytes(length), MANIFEST);
  }

  private static boolean contains(byte[] bytes, byte[] word) {
    for (int at = 0; at + word.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }
}
