package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * Whether a point is faster than dense streaming on every device that the ranges of a profile
 * allow. Its columns are those of {@code verdicts.csv}.
 */
public record VerdictRow(PointName point, Against against, SpeedUp speedUp, Deciding deciding) {
  /**
   * What it is held against.
   *
   * @param tokens over how many of the trace's first tokens both are timed
   * @param ranges how many numbers of the device have a range
   */
  public record Against(String densePointId, int tokens, int ranges) {}

  /**
   * Tokens per second over those of dense, both on one device.
   *
   * @param speedup on the device as it is
   * @param speedupLow the lowest over the ranges
   * @param speedupHigh the highest over the ranges
   * @param verdict a {@link Verdict}'s key
   */
  public record SpeedUp(double speedup, double speedupLow, double speedupHigh, String verdict) {}

  /**
   * The number that decides a verdict which is not decided yet.
   *
   * @param decidedBy its path in the profile; null where the verdict is decided
   * @param breakEven where both are as fast, every other number as it is; null where no value in
   *     the range alone turns the verdict
   * @param fasterOn the side of the break-even on which the mask is faster, above or below
   */
  public record Deciding(
      @Nullable String decidedBy,
      @Nullable String unit,
      @Nullable String provenance,
      @Nullable Double valueLow,
      @Nullable Double valueHigh,
      @Nullable Double breakEven,
      @Nullable String fasterOn) {
    /** That of a verdict that is decided. */
    public static final Deciding NOTHING = new Deciding(null, null, null, null, null, null, null);
  }

  public Verdict verdict() {
    return Verdict.ofKey(speedUp.verdict());
  }

  public String pointId() {
    return point.pointId();
  }
}
