package io.dipper.files;

import io.dipper.error.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;

/** A file of results, written in one step: it is whole or not there. */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;

  private AtomicFile() {}

  /** Writes a file's content. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file, as {@link OutputFile#result} does.
   *
   * @throws UserException if it cannot be written: disk full, no permission, no such folder
   */
  public static void write(Path file, Content content) {
    write(file, OutputFile.Existing.REPLACED, content);
  }

  /**
   * Writes a file.
   *
   * @param existing what becomes of one that is there
   * @throws UserException if it cannot be written, or is there and must not be
   */
  public static void write(Path file, OutputFile.Existing existing, Content content) {
    try (OutputFile output = OutputFile.result(file, existing)) {
      OutputStream out =
          new BufferedOutputStream(Channels.newOutputStream(output.channel()), BUFFER);
      content.writeTo(out);
      out.flush();
      output.commit();
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }
}
