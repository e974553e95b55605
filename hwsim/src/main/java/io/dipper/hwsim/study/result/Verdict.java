package io.dipper.hwsim.study.result;

import java.util.Locale;

/** What a band of speed-ups says of a point against the one that it is held against. */
public enum Verdict {
  FASTER,
  SLOWER,
  /** Less than a per cent away everywhere. */
  AS_FAST,
  /** Faster on some of the devices that the ranges allow, slower on others. */
  NOT_DECIDED;

  /** Less is no difference: another layer of the same model moves as much. */
  private static final double LEAST = 1.01;

  /** That of a band of speed-ups. */
  public static Verdict of(double low, double high) {
    if (low > 1 / LEAST && high < LEAST) {
      return AS_FAST;
    }
    return low > 1 ? FASTER : high < 1 ? SLOWER : NOT_DECIDED;
  }

  /** The one that a table names. */
  static Verdict ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** As tables have it, e.g. {@code not-decided}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
