package io.dipper.hwsim.time.engine;

/**
 * What was read from Flash; NaN where the accounting knows no requests.
 *
 * @param requests sent to Flash; a stream counts as its commands
 * @param bytes read by them: whole pages, gaps, guesses, whatever of it was wanted
 * @param unmeasuredShare the share of the bytes whose reads a measured table does not tell of; NaN
 *     where the device has none
 */
public record FlashReads(double requests, double bytes, double unmeasuredShare) {
  /** Where requests are no part of the accounting. */
  public static final FlashReads UNKNOWN = new FlashReads(Double.NaN, Double.NaN, Double.NaN);

  /** The means over so many tokens. */
  public FlashReads perToken(double tokens) {
    return new FlashReads(requests / tokens, bytes / tokens, unmeasuredShare);
  }
}
