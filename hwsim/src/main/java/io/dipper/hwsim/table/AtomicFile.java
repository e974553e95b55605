package io.dipper.hwsim.table;

import io.dipper.error.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is either whole or not there: it is written under a temporary name beside its place,
 * forced to the disk, and renamed.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes a file's content. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file.
   *
   * @throws UserException if it cannot be written: disk full, no permission, no such folder
   */
  public static void write(Path file, Content content) {
    Path partial = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(partial);
      throw cannotWrite(file, e);
    } catch (RuntimeException | Error e) {
      discard(partial);
      throw e;
    }
  }

  /** The error of a file that cannot be written, in one line. */
  public static UserException cannotWrite(Path file, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    if (cause instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (cause instanceof NoSuchFileException) {
      reason = "its folder does not exist";
    }
    return new UserException(
        file + ": cannot be written (" + reason + "); free space or name another place", cause);
  }

  private static void discard(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // The error that is reported is the one that came first.
    }
  }
}
