package io.dipper.hwsim.replay.mask;

import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one parameter of a policy.
 *
 * @param name as users write it
 * @param kind what its values are
 * @param min the least number allowed, inclusive; of no meaning for other kinds
 * @param max the greatest number allowed, inclusive
 * @param defaultValue what holds where it is not given; null if it then is simply absent
 * @param meaning one phrase for users
 */
public record Parameter(
    String name, Kind kind, double min, double max, @Nullable Value defaultValue, String meaning) {
  /** What a parameter's values are. */
  public enum Kind {
    NUMBER,
    FLAG,
    FILE
  }

  /** A number in {@code [min, max]} without a default. */
  public static Parameter number(String name, double min, double max, String meaning) {
    return new Parameter(name, Kind.NUMBER, min, max, null, meaning);
  }

  /** A number in {@code [min, max]} with a default. */
  public static Parameter number(
      String name, double min, double max, double preset, String meaning) {
    return new Parameter(name, Kind.NUMBER, min, max, Values.of(preset), meaning);
  }

  /** True or false, by default false. */
  public static Parameter flag(String name, String meaning) {
    return new Parameter(name, Kind.FLAG, 0, 1, Values.of(false), meaning);
  }

  /** The path of a file, absent by default. */
  public static Parameter file(String name, String meaning) {
    return new Parameter(name, Kind.FILE, 0, 0, null, meaning);
  }

  /** What a value must be, for messages and listings: {@code a number from 0 to 1}. */
  public String range() {
    return switch (kind) {
      case NUMBER -> "a number from " + plain(min) + " to " + plain(max);
      case FLAG -> "true or false";
      case FILE -> "the path of a file";
    };
  }

  /** Whether a value is of this kind and in range. */
  public boolean allows(Value value) {
    return switch (kind) {
      case NUMBER -> {
        double number = value.getNumberValue();
        yield value.hasNumberValue() && number >= min && number <= max;
      }
      case FLAG -> value.hasBoolValue();
      case FILE -> value.hasStringValue() && !value.getStringValue().isEmpty();
    };
  }

  /** A value as users write it. */
  public static String print(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> plain(value.getNumberValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> value.getStringValue();
    };
  }

  private static String plain(double number) {
    long whole = (long) number;
    return whole == number ? Long.toString(whole) : Double.toString(number);
  }
}
