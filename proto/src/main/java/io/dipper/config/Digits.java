package io.dipper.config;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as files for people have them. */
public final class Digits {
  private static final MathContext THREE = new MathContext(3);
  private static final MathContext FOUR = new MathContext(4);

  private Digits() {}

  /** A number of a sentence, with three significant digits. */
  public static double three(double value) {
    return new BigDecimal(value).round(THREE).doubleValue();
  }

  /** A measured or fitted number with four significant digits: what is beyond is chance. */
  public static double four(double value) {
    return new BigDecimal(value).round(FOUR).doubleValue();
  }
}
