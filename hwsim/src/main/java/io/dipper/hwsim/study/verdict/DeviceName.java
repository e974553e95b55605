package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;

/** A device and how its time was computed: speeds compare within one. */
public record DeviceName(String hardware, String accounting) {
  /** The one on which a point was simulated. */
  public static DeviceName of(PointRow row) {
    return new DeviceName(row.hardware(), row.accounting());
  }

  @Override
  public String toString() {
    return hardware + " by " + accounting;
  }
}
