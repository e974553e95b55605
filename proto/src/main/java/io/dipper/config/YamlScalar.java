package io.dipper.config;

import io.dipper.error.UserException;
import java.math.BigDecimal;

/**
 * A single YAML value, as its text; it becomes a number, a truth value or a quantity only when it
 * is asked for as one.
 *
 * @param plain whether it is written without quotes
 */
public record YamlScalar(Location at, String text, boolean plain) implements YamlNode {
  /** Whether nothing is written, or {@code ~} or {@code null}. */
  public boolean isNull() {
    return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
  }

  @Override
  public String describe() {
    return isNull() ? "nothing" : "'" + text.replaceAll("\\s+", " ") + "'";
  }

  /**
   * A finite number without a unit.
   *
   * @param expected what belongs here, e.g. {@code a density between 0 and 1}
   */
  public double asDouble(String expected) {
    double value = decimal(expected).doubleValue();
    if (Double.isInfinite(value)) {
      throw wrongKind(expected);
    }
    return value;
  }

  /** A whole number. */
  public long asLong(String expected) {
    try {
      return decimal(expected).longValueExact();
    } catch (ArithmeticException e) {
      throw wrongKind(expected);
    }
  }

  /** {@code true} or {@code false}. */
  public boolean asBoolean() {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrongKind("true or false");
    };
  }

  /** A quantity of a dimension, in its SI base unit. */
  public double asQuantity(Dimension dimension) {
    try {
      return Units.parse(text, dimension);
    } catch (UserException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  private BigDecimal decimal(String expected) {
    return Units.number(text).orElseThrow(() -> wrongKind(expected));
  }
}
