package io.dipper.hwsim.table;

/**
 * A column of a table.
 *
 * @param name in snake case
 * @param type String, boolean, int, long or double, or a box of a number
 * @param nullable whether it may be empty
 */
public record Column(String name, Class<?> type, boolean nullable) {
  /** A column that may be empty. */
  public static Column optional(String name, Class<?> type) {
    return new Column(name, type, true);
  }

  /** A column that always has a value. */
  public static Column required(String name, Class<?> type) {
    return new Column(name, type, false);
  }
}
