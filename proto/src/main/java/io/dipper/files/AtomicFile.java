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
   * Writes or replaces a file of a folder of results.
   *
   * @throws UserException if it cannot be written: disk full, no permission, no such folder
   */
  public static void write(Path file, Content content) {
    write(OutputFile.result(file), content);
  }

  /**
   * Writes a file that a user has named.
   *
   * @param existing what becomes of one of its kind that is there
   * @param kind of files that it replaces
   * @throws UserException if it cannot be written, or is there and must not be
   */
  public static void write(
      Path file, OutputFile.Existing existing, FileKind kind, Content content) {
    write(OutputFile.result(file, existing, kind), content);
  }

  private static void write(OutputFile file, Content content) {
    try (file) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file.channel()), BUFFER);
      content.writeTo(out);
      out.flush();
      file.commit();
    } catch (IOException e) {
      throw CannotWrite.error(file.path(), e);
    }
  }
}
