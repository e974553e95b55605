package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The free room of a disk, asked before much is written to it. */
public final class Room {
  private Room() {}

  /**
   * Refuses what would not fit. A disk that does not tell its size is taken to have room.
   *
   * @param file that is to be written
   * @param bytes that it will have
   * @param remedy what would make it smaller
   * @throws UserException that says how much is needed and how much is free
   */
  public static void require(Path file, long bytes, String remedy) {
    try {
      Path folder = OutputPlace.find(file).real().getParent();
      if (folder != null) {
        require(file, bytes, Files.getFileStore(folder), remedy);
      }
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }

  static void require(Path file, long bytes, FileStore store, String remedy) throws IOException {
    long free = store.getUsableSpace();
    if (bytes > free && store.getTotalSpace() > 0) {
      throw UserException.in(
          file,
          "needs "
              + show(bytes)
              + ", and "
              + show(free)
              + " are free there; "
              + remedy
              + ", or name another place");
    }
  }

  /** A size in decimal units, as disks are sold. */
  public static String show(long bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.2f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
