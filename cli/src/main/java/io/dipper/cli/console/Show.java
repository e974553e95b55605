package io.dipper.cli.console;

import java.util.Locale;

/** Numbers as a person reads them; never for a file. */
public final class Show {
  private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB"};
  private static final String[] SECONDS = {"s", "ms", "us", "ns"};

  private Show() {}

  /** Decimal units, three digits: {@code 3.14 MB}. */
  public static String bytes(double bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 999.5 && unit < BYTES.length - 1) {
      value /= 1000;
      unit++;
    }
    return digits(value) + " " + BYTES[unit];
  }

  /** Three digits: {@code 75.0 us}. */
  public static String seconds(double seconds) {
    int unit = 0;
    double value = seconds;
    while (value != 0 && value < 0.9995 && unit < SECONDS.length - 1) {
      value *= 1000;
      unit++;
    }
    return digits(value) + " " + SECONDS[unit];
  }

  /** One decimal: {@code 51.3%}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** Three digits, or all of those before the point. */
  public static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** With groups: {@code 12,345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
