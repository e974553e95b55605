package io.dipper.hwsim.study.setting;

import io.dipper.config.YamlNode;
import io.dipper.error.UserException;
import java.nio.file.Path;
import java.util.List;

/** A whole number in a range. */
final class WholeNumbers extends SettingValues<Long> {
  private final String expected;
  private final long least;
  private final long most;

  /**
   * @param expected what it is, its range included, for messages
   */
  WholeNumbers(String expected, long least, long most) {
    this.expected = expected;
    this.least = least;
    this.most = most;
  }

  /** A number of tokens that a context can have. */
  static WholeNumbers tokens(int least) {
    String expected = "a whole number of tokens, at least " + least;
    return new WholeNumbers(expected, least, Integer.MAX_VALUE);
  }

  @Override
  public String expected() {
    return expected;
  }

  @Override
  public Long parse(String text) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UserException("'" + text + "' is not " + expected);
  }

  @Override
  public String print(Long value) {
    return Long.toString(value);
  }

  @Override
  List<Long> read(Written written) {
    return WrittenValues.list(written.node(), expected, this::read);
  }

  private Long read(YamlNode node) {
    long value = node.asScalar(expected).asLong(expected);
    if (value < least || value > most) {
      throw node.wrongKind(expected);
    }
    return value;
  }

  @Override
  Object write(Long value, Path folder) {
    return value;
  }
}
