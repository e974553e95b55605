package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The right to write into a folder, held by one run at a time; it ends with the process, however
 * that ends. It is the file {@code .lock}.
 */
public final class FolderLock implements AutoCloseable {
  private final LockedFile locked;

  private FolderLock(LockedFile locked) {
    this.locked = locked;
  }

  /**
   * Makes the folder where it is missing, and takes its lock.
   *
   * @throws UserException if another run holds it, or the folder cannot be written
   */
  public static FolderLock of(Path folder) {
    try {
      Files.createDirectories(folder);
      return LockedFile.of(folder.resolve(".lock"))
          .map(FolderLock::new)
          .orElseThrow(
              () ->
                  UserException.in(
                      folder,
                      "another run is writing here; wait for it, or name another directory"));
    } catch (IOException e) {
      throw CannotWrite.error(folder, e);
    }
  }

  @Override
  public void close() {
    try {
      locked.remove();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
