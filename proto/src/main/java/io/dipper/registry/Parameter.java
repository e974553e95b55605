package io.dipper.registry;

import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import io.dipper.config.Nearest;
import io.dipper.config.Shares;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one parameter of something that is chosen by name.
 *
 * @param name as users write it
 * @param kind what its values are
 * @param range which of them are allowed
 * @param defaultValue what holds where it is not given; null if it then is simply absent
 * @param role what it does to the results
 * @param meaning one phrase for users
 */
public record Parameter(
    String name, Kind kind, Range range, @Nullable Value defaultValue, Role role, String meaning) {
  /** What a parameter's values are. */
  public enum Kind {
    NUMBER,
    /** A number that may be written in per cent. */
    SHARE,
    INTEGER,
    FLAG,
    FILE,
    /** One of several words. */
    CHOICE
  }

  /** What a parameter does to the results. */
  public enum Role {
    /** Says how much is kept: what a curve runs along, more of it being dearer and better. */
    AMOUNT,
    /** Trades one good for another: what tells one curve from the next. */
    TRADE,
    /** Rarely changed; named only where it differs from its default. */
    DETAIL
  }

  /**
   * The values that are allowed.
   *
   * @param min the least number, inclusive; of no meaning for other kinds
   * @param max the greatest number, inclusive
   * @param unit of numbers, for people; empty for none
   * @param words of a choice
   */
  public record Range(double min, double max, String unit, List<String> words) {
    public Range {
      words = List.copyOf(words);
    }

    static final Range NONE = new Range(0, 0, "", List.of());
  }

  /** A number in {@code [min, max]} without a default. */
  public static Parameter number(String name, double min, double max, String meaning) {
    return of(name, Kind.NUMBER, new Range(min, max, "", List.of()), meaning);
  }

  /** A share in {@code [min, 1]}, which may be written in per cent, without a default. */
  public static Parameter share(String name, double min, String meaning) {
    return of(name, Kind.SHARE, new Range(min, 1, "", List.of()), meaning);
  }

  /** A whole number in {@code [min, max]} without a default. */
  public static Parameter integer(String name, long min, long max, String meaning) {
    return of(name, Kind.INTEGER, new Range(min, max, "", List.of()), meaning);
  }

  /** True or false, by default false. */
  public static Parameter flag(String name, String meaning) {
    return of(name, Kind.FLAG, Range.NONE, meaning).or(Values.of(false));
  }

  /** The path of a file, absent by default. */
  public static Parameter file(String name, String meaning) {
    return of(name, Kind.FILE, Range.NONE, meaning);
  }

  /** One of several words, by default the first. */
  public static Parameter choice(String name, String meaning, String... words) {
    return of(name, Kind.CHOICE, new Range(0, 0, "", List.of(words)), meaning)
        .or(Values.of(words[0]));
  }

  private static Parameter of(String name, Kind kind, Range range, String meaning) {
    return new Parameter(name, kind, range, null, Role.DETAIL, meaning);
  }

  /** This parameter with a default. */
  public Parameter or(double preset) {
    return or(Values.of(preset));
  }

  /** This parameter, absent where it is not given. */
  public Parameter orAbsent() {
    return new Parameter(name, kind, range, null, role, meaning);
  }

  private Parameter or(Value preset) {
    return new Parameter(name, kind, range, preset, role, meaning);
  }

  /** This parameter in another role. */
  public Parameter as(Role other) {
    return new Parameter(name, kind, range, defaultValue, other, meaning);
  }

  /** This parameter with a unit, for people. */
  public Parameter in(String unit) {
    Range with = new Range(range.min(), range.max(), unit, range.words());
    return new Parameter(name, kind, with, defaultValue, role, meaning);
  }

  /** What a value must be, for messages and listings: {@code a number from 0 to 1}. */
  public String expected() {
    String bounds = " from " + plain(range.min()) + " to " + plain(range.max());
    String unit = range.unit().isEmpty() ? "" : " " + range.unit();
    return switch (kind) {
      case NUMBER -> "a number" + bounds + unit;
      case SHARE -> "a number" + bounds + ", or in per cent";
      case INTEGER -> "a whole number" + bounds + unit;
      case FLAG -> "true or false";
      case FILE -> "the path of a file";
      case CHOICE -> String.join(" or ", range.words());
    };
  }

  /** The end of an error message about a value that is none of these. */
  String hint(Value value) {
    return kind == Kind.CHOICE
        ? Nearest.hint(print(value), range.words())
        : "it must be " + expected();
  }

  /**
   * A value in this parameter's form, e.g. the number of a share in per cent; empty if it is none.
   */
  public Optional<Value> read(Value value) {
    Value read = kind == Kind.SHARE ? share(value) : value;
    return allows(read) ? Optional.of(read) : Optional.empty();
  }

  private static Value share(Value value) {
    String text = value.getStringValue().strip();
    return text.endsWith("%")
        ? Shares.number(text).map(number -> Values.of(number.doubleValue())).orElse(value)
        : value;
  }

  private boolean allows(Value value) {
    return switch (kind) {
      case NUMBER, SHARE -> inRange(value);
      case INTEGER -> inRange(value) && value.getNumberValue() == Math.rint(value.getNumberValue());
      case FLAG -> value.hasBoolValue();
      case FILE -> value.hasStringValue() && !value.getStringValue().isEmpty();
      case CHOICE -> value.hasStringValue() && range.words().contains(value.getStringValue());
    };
  }

  private boolean inRange(Value value) {
    double number = value.getNumberValue();
    return value.hasNumberValue() && number >= range.min() && number <= range.max();
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
