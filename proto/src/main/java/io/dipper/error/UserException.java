package io.dipper.error;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An error that the user can mend: bad usage, bad input, a missing file.
 *
 * <p>Its message is one line that says where, what is wrong, and what would be right. Commands
 * print that line and exit with 2; a stack trace of it is never shown. Anything else that is thrown
 * is a bug or a failed machine.
 */
public final class UserException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\t\\u2028\\u2029]");

  public UserException(String message) {
    super(oneLine(message));
  }

  public UserException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** An error in a file as a whole: {@code file: what}. */
  public static UserException in(Path file, String what) {
    return new UserException(file + ": " + what);
  }

  /** An error at a place in a text file, both counted from 1: {@code file:line:column: what}. */
  public static UserException at(String file, int line, int column, String what) {
    return new UserException(file + ":" + line + ":" + column + ": " + what);
  }

  /** A file that cannot be read, with the reason in words: {@code file: cannot be read: why}. */
  public static UserException unreadable(Path file, IOException cause) {
    String why = cause.getMessage();
    if (cause instanceof NoSuchFileException) {
      why = "there is no such file";
    } else if (cause instanceof AccessDeniedException) {
      why = "permission denied";
    } else if (cause instanceof FileSystemException system && system.getReason() != null) {
      why = system.getReason();
    }
    return new UserException(file + ": cannot be read: " + why, cause);
  }

  /** Messages quote files, and a hostile file could break the line or control the terminal. */
  private static String oneLine(String message) {
    return Visible.line(LINE_BREAK.matcher(message).replaceAll(" "));
  }
}
