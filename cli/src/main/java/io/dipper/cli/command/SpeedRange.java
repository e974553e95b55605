package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.study.point.SimulatedPoint;
import io.dipper.hwsim.study.result.PointTime;
import io.dipper.hwsim.study.verdict.BandSentence;

/** The line below a point's speed: how slow and how fast it may be. */
final class SpeedRange {
  private SpeedRange() {}

  /** Adds the line where the device's numbers have ranges. */
  static void add(SimulatedPoint point, Table table) {
    PointTime.Band band = point.row().time().band();
    int ranges = DeviceRanges.of(point.config().getHardware()).numbers().size();
    if (band.tokensPerSecondLow() != null && band.tokensPerSecondHigh() != null) {
      table.row(
          "",
          Show.digits(band.tokensPerSecondLow()) + " to " + Show.digits(band.tokensPerSecondHigh()),
          BandSentence.overRanges(ranges));
    }
  }
}
