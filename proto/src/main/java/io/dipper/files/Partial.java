package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The file that an output's bytes go to before it has its name. One that a killed run left is taken
 * over; anything else that is in its place is kept, and refused.
 */
final class Partial {
  private static final byte[] TRACE = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GGUF = "GGUF".getBytes(StandardCharsets.US_ASCII);

  private Partial() {}

  /** The partial file of a recording, which users may watch grow: {@code NAME.partial}. */
  static Path ofRecording(Path real) {
    return real.resolveSibling(real.getFileName() + ".partial");
  }

  /** The partial file of a result, hidden: {@code .NAME.partial}. */
  static Path ofResult(Path real) {
    return real.resolveSibling("." + real.getFileName() + ".partial");
  }

  /**
   * Looks at what is in its place without opening it.
   *
   * @throws UserException if no run can have left it
   */
  static void checkPlace(Path partial) throws IOException {
    if (Files.exists(partial, LinkOption.NOFOLLOW_LINKS)
        && !(Files.isRegularFile(partial, LinkOption.NOFOLLOW_LINKS) && links(partial) == 1)) {
      throw inTheWay(partial);
    }
  }

  /**
   * Looks at what is in it: a recording leaves a trace, or the beginning of its first word.
   *
   * @throws UserException if that is something else
   */
  static void checkLeftover(Path partial, FileChannel channel) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(TRACE.length);
    while (first.hasRemaining() && channel.read(first, first.position()) > 0) {
      // until the word is whole, or the file ends
    }
    if (!Arrays.equals(
        Arrays.copyOf(first.array(), first.position()), Arrays.copyOf(TRACE, first.position()))) {
      throw inTheWay(partial);
    }
  }

  private static UserException inTheWay(Path partial) {
    return UserException.in(
        partial, "is in the way, and no run of Dipper left it; move it, or name another output");
  }

  /** Whether a file is a model or a trace: nothing that is replaced in passing. */
  static boolean isModelOrTrace(Path file) throws IOException {
    return begins(file, TRACE)
        || begins(file, GGUF)
        || file.toString().endsWith(".safetensors")
        || isBesideWeights(file);
  }

  /** Whether a file is what a model's folder has beside its weights, as config.json is. */
  private static boolean isBesideWeights(Path file) {
    return file.toString().endsWith(".json") && Files.exists(file.resolveSibling("config.json"));
  }

  private static boolean begins(Path file, byte[] with) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(with.length), with);
    }
  }

  private static int links(Path file) throws IOException {
    try {
      return (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }
}
