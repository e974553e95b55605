package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * How long a point takes.
 *
 * @param assumedShare the share of the device's numbers that were assumed
 */
public record PointTime(
    double tokensPerSecond,
    FirstToken firstToken,
    ByActivity byActivity,
    FlashReads reads,
    Energy energy,
    @Nullable Double assumedShare,
    Band band) {

  /**
   * The speed over the ranges of the device's numbers.
   *
   * @param tokensPerSecondLow the slowest; null where no number has a range
   * @param tokensPerSecondHigh the fastest; null where no number has a range
   */
  public record Band(@Nullable Double tokensPerSecondLow, @Nullable Double tokensPerSecondHigh) {
    /** That of a device whose numbers have no ranges. */
    public static final Band UNKNOWN = new Band(null, null);
  }

  /**
   * Seconds to the first token.
   *
   * @param ttftS with caches as the point's start says
   * @param ttftWarmS with full caches; null where the accounting does not tell them apart
   */
  public record FirstToken(@Nullable Double ttftS, @Nullable Double ttftWarmS) {}

  /** Seconds of a token, on average, by what they are spent on. */
  public record ByActivity(
      @Nullable Double timeFlashS,
      @Nullable Double timeDramS,
      @Nullable Double timeComputeS,
      @Nullable Double timeSelectS,
      @Nullable Double timeAdmitS,
      @Nullable Double timeOtherS) {}

  /**
   * What Flash reads for a token, on average; null where requests are not part of the accounting.
   *
   * @param flashBytesReadPerToken beside the bytes that were wanted whole pages, gaps read over and
   *     guesses
   * @param flashUnmeasuredShare the share of the bytes read whose reads the device's table does not
   *     tell of, so that their time is a bound; null where it has no table
   */
  public record FlashReads(
      @Nullable Double flashRequestsPerToken,
      @Nullable Double flashBytesReadPerToken,
      @Nullable Double flashUnmeasuredShare) {}

  /**
   * Joules of a token, on average.
   *
   * @param energyCovers what they count, e.g. {@code flash+dram+compute}, or why there are none
   */
  public record Energy(@Nullable Double energyJPerToken, @Nullable String energyCovers) {}
}
