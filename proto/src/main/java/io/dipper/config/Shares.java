package io.dipper.config;

import io.dipper.error.UserException;
import java.math.BigDecimal;
import java.util.Optional;

/** Shares as text: {@code 0.75}, {@code 75%} and {@code 75 %} are one number. */
public final class Shares {
  private Shares() {}

  /** A number, in hundredths where a percent sign follows it; empty if the text is neither. */
  public static Optional<BigDecimal> number(String text) {
    String trimmed = text.strip();
    return trimmed.endsWith("%")
        ? Units.number(trimmed.substring(0, trimmed.length() - 1).strip())
            .map(percent -> percent.movePointLeft(2))
        : Units.number(trimmed);
  }

  /**
   * A share from 0 to 1.
   *
   * @throws UserException without a place, if it is none
   */
  public static double parse(String text) {
    return number(text)
        .map(BigDecimal::doubleValue)
        .filter(share -> share >= 0 && share <= 1)
        .orElseThrow(() -> new UserException("'" + text + "' is no share; write e.g. 0.75 or 75%"));
  }
}
