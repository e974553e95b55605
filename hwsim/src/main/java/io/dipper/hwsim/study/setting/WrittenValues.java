package io.dipper.hwsim.study.setting;

import io.dipper.config.Shares;
import io.dipper.config.Units;
import io.dipper.config.YamlNode;
import io.dipper.config.YamlScalar;
import io.dipper.config.YamlSequence;
import io.dipper.error.UserException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of one dimension: a single one, a list, or a range like {@code 0.3..0.9 step 0.1}. */
public final class WrittenValues {
  private static final Pattern RANGE =
      Pattern.compile("(\\S+?)\\.\\.(\\S+)(?:\\s+step\\s+(\\S+))?");
  private static final int MOST = 10_000;

  private WrittenValues() {}

  /**
   * One value or a list of them, each read the same way.
   *
   * @param expected what belongs here, for error messages
   */
  public static <T> List<T> list(YamlNode node, String expected, Function<YamlNode, T> read) {
    if (!(node instanceof YamlSequence sequence)) {
      return List.of(read.apply(node));
    }
    if (sequence.items().isEmpty()) {
      throw node.error("the list is empty; write " + expected);
    }
    List<T> values = new ArrayList<>();
    sequence.items().forEach(item -> values.add(read.apply(item)));
    return values;
  }

  /**
   * A number, a range, or a list of both; the numbers of a range are exact decimals.
   *
   * @param shares whether they may be written in per cent
   */
  public static List<Number> numbers(YamlNode node, String expected, boolean shares) {
    return list(node, expected, item -> range(item.asScalar(expected), expected, shares)).stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * What is made of a node's text.
   *
   * @throws UserException if that fails, with the place of the node
   */
  public static <T> T placed(YamlNode node, Supplier<T> make) {
    try {
      return make.get();
    } catch (UserException e) {
      throw node.error(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A number and the place where it is written.
   *
   * @param at the number itself, or the range that it is in
   */
  public record Number(double value, YamlScalar at) {}

  private static List<Number> range(YamlScalar scalar, String expected, boolean shares) {
    Matcher range = RANGE.matcher(scalar.text().strip());
    if (!range.matches()) {
      double value =
          shares && scalar.text().strip().endsWith("%")
              ? decimal(scalar, scalar.text(), true).doubleValue()
              : scalar.asDouble(expected);
      return List.of(new Number(value, scalar));
    }
    BigDecimal from = decimal(scalar, range.group(1), shares);
    BigDecimal to = decimal(scalar, range.group(2), shares);
    if (range.group(3) == null) {
      throw scalar.error("the range has no step; write " + scalar.text() + " step 0.1");
    }
    BigDecimal step = decimal(scalar, range.group(3), shares);
    if (step.signum() <= 0 || to.compareTo(from) < 0) {
      throw scalar.error("the range " + scalar.text() + " is empty; write low..high step positive");
    }
    if (to.subtract(from).divideToIntegralValue(step).compareTo(BigDecimal.valueOf(MOST)) >= 0) {
      throw scalar.error("the range has more than " + MOST + " values; take a larger step");
    }
    List<Number> values = new ArrayList<>();
    for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
      values.add(new Number(value.doubleValue(), scalar));
    }
    return values;
  }

  private static BigDecimal decimal(YamlScalar scalar, String text, boolean shares) {
    return (shares ? Shares.number(text) : Units.number(text))
        .orElseThrow(
            () ->
                scalar.error(
                    "'" + text + "' is not a number; a range is written 0.3..0.9 step 0.1"));
  }
}
