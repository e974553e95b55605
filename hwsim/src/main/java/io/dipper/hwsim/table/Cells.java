package io.dipper.hwsim.table;

import com.fasterxml.jackson.core.io.NumberOutput;
import org.jspecify.annotations.Nullable;

/**
 * A value as text and back. A double is written in the fewest digits that read back as the same
 * double, on every Java version alike (its own {@code toString} did not, before 19).
 */
public final class Cells {
  private Cells() {}

  /** The text of a value; empty for null. */
  public static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Double d ? NumberOutput.toString(d, true) : value.toString();
  }

  /**
   * The value of a text; null for an empty one, but of a column of texts that are never null.
   *
   * @throws IllegalArgumentException if it is not of the type
   */
  public static @Nullable Object parse(String text, Class<?> type, boolean nullable) {
    if (type == String.class && !(text.isEmpty() && nullable)) {
      return text;
    }
    if (text.isEmpty()) {
      return null;
    }
    if (type == double.class || type == Double.class) {
      return Double.valueOf(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(text);
    }
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException("no column of " + type + " can hold '" + text + "'");
  }
}
