package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.profile.hardware.ShownErrors;
import io.dipper.hwsim.study.point.PointErrors;
import io.dipper.hwsim.study.point.SimulatedPoint;
import io.dipper.hwsim.study.result.PointTime;
import io.dipper.hwsim.study.verdict.BandSentence;
import io.dipper.proto.HardwareProfile;
import java.util.ArrayList;
import java.util.List;

/** The line below a point's speed: how slow and how fast it may be. */
final class SpeedRange {
  private SpeedRange() {}

  /**
   * Adds the line where the device's numbers have ranges, or points were executed on it; or one
   * that says that none were, though its numbers were measured.
   */
  static void add(SimulatedPoint point, Table table) {
    PointTime.Band band = point.row().time().band();
    HardwareProfile device = point.config().getHardware();
    if (band.tokensPerSecondLow() != null && band.tokensPerSecondHigh() != null) {
      table.row(
          "",
          Show.digits(band.tokensPerSecondLow()) + " to " + Show.digits(band.tokensPerSecondHigh()),
          why(point));
    }
    if (ShownErrors.areMissing(device)) {
      table.row("", "", "how far off is not known: dipper compare executes points on this machine");
    }
  }

  private static String why(SimulatedPoint point) {
    List<String> reasons = new ArrayList<>();
    int ranges = DeviceRanges.of(point.config().getHardware()).numbers().size();
    if (ranges > 0) {
      reasons.add(BandSentence.overRanges(ranges));
    }
    PointErrors.of(point.config())
        .ifPresent(errors -> reasons.add(BandSentence.ofExecutions(errors)));
    return String.join("; ", reasons);
  }
}
