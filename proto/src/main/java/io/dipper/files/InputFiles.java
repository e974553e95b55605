package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** How inputs are opened: those that are read in place must be files; all others are read once. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Refuses what cannot be read in place, before it is opened: a folder, a pipe, a device.
   *
   * @param what it should be, such as {@code a trace}
   * @throws UserException if it is there, and is no file
   */
  public static void requireFile(Path file, String what) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      return; // opening it says why
    }
    if (attributes.isOther()) {
      throw UserException.in(
          file, "is a pipe or a device, and " + what + " is read in place; write it to a file");
    }
  }

  /**
   * The bytes of a file or a pipe, opened once.
   *
   * @param most bytes that it may have
   * @throws UserException if it has more
   * @throws IOException if it cannot be read
   */
  public static byte[] read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most);
      if (in.read() >= 0) {
        throw UserException.in(
            file, "is larger than " + (most >> 20) + " MiB; is it the right file?");
      }
      return bytes;
    }
  }
}
