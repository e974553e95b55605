package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** The error of a file or folder that cannot be written, in one line. */
public final class CannotWrite {
  private CannotWrite() {}

  /** {@code file: cannot be written (why); free space or name another place}. */
  public static UserException error(Path file, IOException cause) {
    return new UserException(
        file + ": cannot be written (" + reason(cause) + "); free space or name another place",
        cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
      return "a file is where a folder should be";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
