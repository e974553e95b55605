package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * How much the speed of a point depends on one number of its device. Its columns are those of
 * {@code sensitivity.csv}; rows of a point are sorted by their effect, the largest first.
 */
public record SensitivityRow(PointName point, DeviceNumber number, SpeedChange change) {
  /**
   * A number of a device.
   *
   * @param number its path in the profile, e.g. {@code flash.latency}
   * @param unit the base unit
   * @param provenance measured, datasheet, derived or assumed
   * @param value in base units; null for a row of a table
   */
  public record DeviceNumber(
      String number, String unit, String provenance, @Nullable Double value) {}

  /**
   * What changing a number does to the speed.
   *
   * @param tokens over how many of the trace's first tokens the speeds are taken
   * @param tokensPerSecond with the profile as it is
   * @param tokensPerSecondLow with the number turned down; null where the point cannot be then
   * @param tokensPerSecondHigh with the number turned up; null where the point cannot be then
   * @param valueLow what it was turned down to; null for a row of a table, which loses a tenth
   * @param valueHigh what it was turned up to; null for a row of a table, which gains a tenth
   */
  public record SpeedChange(
      int tokens,
      double tokensPerSecond,
      @Nullable Double tokensPerSecondLow,
      @Nullable Double tokensPerSecondHigh,
      @Nullable Double valueLow,
      @Nullable Double valueHigh) {
    private double of(@Nullable Double other) {
      return other == null ? 0 : Math.abs(other / tokensPerSecond - 1);
    }
  }

  public String pointId() {
    return point.pointId();
  }

  /** The larger of the two changes of speed, relative to the speed. */
  public double effect() {
    return Math.max(change.of(change.tokensPerSecondLow), change.of(change.tokensPerSecondHigh));
  }
}
