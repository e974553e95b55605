package io.dipper.hwsim.study.setting;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/**
 * What may be written for a setting, and how it is read and printed.
 *
 * @param <T> what a point's configuration is given
 */
public abstract class SettingValues<T> {
  /** What belongs there, for messages and the documentation: {@code a number of bytes}. */
  public abstract String expected();

  /**
   * The value of a text, e.g. of an option.
   *
   * @throws io.dipper.error.UserException without a place, if it is none
   */
  public abstract T parse(String text);

  /** A value in one line, for people; mostly what {@link #parse} reads. */
  public abstract String print(T value);

  /**
   * The values of a sweep file: one, or a list of them.
   *
   * @throws io.dipper.error.UserException with the place of what is wrong
   */
  List<T> read(Written written) {
    return WrittenValues.list(
        written.node(),
        expected(),
        node -> WrittenValues.placed(node, () -> parse(node.asScalar(expected()).text())));
  }

  /**
   * A value as a sweep file says it: a text, a number, or a mapping.
   *
   * @param folder that the file lies in; paths are relative to it
   */
  Object write(T value, Path folder) {
    return print(value);
  }

  /** Whether this is how a value is written, where a setting can be written in several ways. */
  boolean writes(T value) {
    return true;
  }

  /** Keys of a sweep file that say more of the values. */
  List<String> modifiers() {
    return List.of();
  }

  /** The files that a value is read from. */
  public List<Path> inputs(T value) {
    return List.of();
  }

  /** The values that have names, for a shell to complete. */
  public List<String> names() {
    return List.of();
  }

  /** A whole number without a decimal point, another one in the fewest digits. */
  static Object number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? (Object) (long) value
        : new BigDecimal(Units.print(value, Dimension.NUMBER));
  }
}
