package io.dipper.config;

import io.dipper.error.UserException;

/**
 * A place in a text file.
 *
 * @param file the file as the user named it
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record Location(String file, int line, int column) {
  /**
   * An error at this place: {@code file:line:column: what}, in one line whatever is quoted in it.
   */
  public UserException error(String what) {
    return UserException.at(file, line, column, what.replaceAll("[\\s\\p{Z}]+", " "));
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
