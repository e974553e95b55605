package io.dipper.config;

import io.dipper.error.UserException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Quantities as text: a decimal number, a space or none, a unit, e.g. {@code 60 GB/s}. Arithmetic
 * is exact up to the one rounding to a double.
 */
public final class Units {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
  private static final Pattern QUANTITY = Pattern.compile("(" + NUMBER + ")\\s*([\\p{L}%].*)?");

  /** Other spellings of a unit, never printed. */
  private static final Set<String> READ_ONLY = Set.of("%", "GOPS", "TOPS");

  private static final int LONGEST_NUMBER = 40;
  private static final Pattern BITS = Pattern.compile("([KMGT]?i?)(?:b|[bB]its?)(|/s|ps)");

  private Units() {}

  /**
   * The value in the dimension's base unit.
   *
   * @throws UserException without a place, if the number or the unit is wrong or missing
   */
  public static double parse(String text, Dimension dimension) {
    Matcher matcher = QUANTITY.matcher(text.strip());
    Optional<BigDecimal> number = matcher.matches() ? number(matcher.group(1)) : Optional.empty();
    if (number.isEmpty()) {
      throw new UserException(
          "'"
              + text
              + "' is not a quantity; write a number and a unit, e.g. "
              + example(dimension));
    }
    String unit = canonical(matcher.group(4));
    BigDecimal factor = dimension.factors().get(unit);
    if (factor == null) {
      throw wrongUnit(text, unit, dimension);
    }
    double value = number.get().multiply(factor).doubleValue();
    if (Double.isInfinite(value)) {
      throw new UserException("'" + text + "' is too large for a number");
    }
    return value;
  }

  /**
   * A text with the unit of another where it has none of its own: {@code 244k} beside {@code 110k
   * IOPS} is {@code 244k IOPS}. What is no quantity stays as it is.
   */
  static String withUnitOf(String other, String text, Dimension dimension) {
    Matcher own = QUANTITY.matcher(text.strip());
    Matcher given = QUANTITY.matcher(other.strip());
    if (!own.matches() || !given.matches()) {
      return text;
    }
    String unit = own.group(4);
    if (unit == null) {
      return given.group(4) == null ? text : own.group(1) + " " + given.group(4);
    }
    boolean multiple = dimension == Dimension.COMMAND_RATE && unit.matches("[kM]");
    return multiple ? own.group(1) + unit + " IOPS" : text;
  }

  /** A decimal number alone, e.g. {@code -2.5e3}; empty if the text is not one. */
  public static Optional<BigDecimal> number(String text) {
    return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /**
   * The shortest text that parses to the same value: {@code 128 KiB}, {@code 60 GB/s}. Of equally
   * short ones the first with a number of at least 1, decimal before binary units.
   */
  public static String print(double value, Dimension dimension) {
    BigDecimal exact = shortest(value);
    return dimension.factors().entrySet().stream()
        .filter(e -> !READ_ONLY.contains(e.getKey()))
        .flatMap(e -> inUnit(exact, e).stream())
        .filter(text -> text.length() <= LONGEST_NUMBER && value == parse(text, dimension))
        .min(
            Comparator.comparingInt(String::length)
                .thenComparing(text -> text.contains("E"))
                .thenComparing(text -> text.startsWith("0")))
        .orElseThrow();
  }

  private static List<String> inUnit(BigDecimal value, Map.Entry<String, BigDecimal> unit) {
    BigDecimal number = value.divide(unit.getValue(), MathContext.DECIMAL128).stripTrailingZeros();
    String suffix = unit.getKey().isEmpty() ? "" : " " + unit.getKey();
    return List.of(number.toPlainString() + suffix, number + suffix);
  }

  /** The decimal of fewest digits that rounds to the value, on every JDK the same. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
  }

  /** One spelling of those units that have several. */
  private static String canonical(@Nullable String unit) {
    if (unit == null) {
      return "";
    }
    String one = unit.strip().replace('µ', 'u').replace('μ', 'u');
    if (one.endsWith(" IOPS")) {
      return one.replace(" ", "");
    }
    return one.startsWith("kB") ? "K" + one.substring(1) : one;
  }

  private static UserException wrongUnit(String text, String unit, Dimension dimension) {
    String fitting =
        String.join(", ", dimension.factors().keySet().stream().filter(u -> !u.isEmpty()).toList());
    if (dimension == Dimension.NUMBER) {
      return new UserException("'" + text + "' has a unit; write a plain number or a percentage");
    }
    if (unit.isEmpty()) {
      return new UserException("'" + text + "' has no unit; fitting are " + fitting);
    }
    String found = "'" + text + "' has the unit '" + unit + "'; ";
    Matcher bits = BITS.matcher(unit);
    if ((dimension == Dimension.BANDWIDTH || dimension == Dimension.BYTES) && bits.matches()) {
      String per = bits.group(2).isEmpty() ? "" : "/s";
      return new UserException(
          found + "that is bits; write an eighth of it in " + bits.group(1) + "B" + per);
    }
    return dimension.factors().keySet().stream()
        .filter(unit::equalsIgnoreCase)
        .findFirst()
        .map(near -> new UserException(found + "did you mean '" + near + "'? (case matters)"))
        .orElseGet(() -> new UserException(found + "fitting are " + fitting));
  }

  static String example(Dimension dimension) {
    return switch (dimension) {
      case TIME -> "75 us";
      case BYTES -> "128 KiB";
      case BANDWIDTH -> "60 GB/s";
      case TIME_PER_BYTE -> "0.2 ns/B";
      case COMMAND_RATE -> "110 kIOPS";
      case WEIGHT_RATE -> "150 Gweights/s";
      case COMPUTE_RATE -> "2 TFLOP/s";
      case ENERGY_PER_BYTE -> "5 pJ/bit";
      case ENERGY_PER_FLOP -> "0.5 pJ/FLOP";
      case POWER -> "1.5 W";
      case FREQUENCY -> "2 GHz";
      case NUMBER -> "0.75";
    };
  }
}
