package io.dipper.cli.console;

import java.util.Locale;

/**
 * What one piece of work amounts to in a finer unit, e.g. a point of a sweep in tokens.
 *
 * @param amount at least 1; 0 where there is no finer unit
 */
record AmountOfEach(long amount, String unit) {
  static final AmountOfEach NONE = new AmountOfEach(0, "");

  boolean isKnown() {
    return amount > 0;
  }

  /** The rate in the finer unit, as users read it. */
  String rate(double piecesPerSecond) {
    return String.format(Locale.ROOT, "%,.0f %s/s", piecesPerSecond * amount, unit);
  }
}
