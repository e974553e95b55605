package io.dipper.hwsim.study.report;

import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.PointTime;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import java.util.List;

/** Sample results of devices whose numbers have ranges. */
final class SampleBands {
  private SampleBands() {}

  /** Gives all points a band, and one of the phone's a verdict that is not decided. */
  static void add(ResultDirectory results) {
    List<PointRow> rows = results.points();
    results.writePoints(rows.stream().map(SampleBands::banded).toList());
    PointRow masked =
        rows.stream()
            .filter(row -> row.hardware().equals("phone") && row.policy().equals("dip"))
            .findFirst()
            .orElseThrow();
    results.writeVerdicts(
        List.of(
            new VerdictRow(
                PointName.of(masked),
                new VerdictRow.Against("dense", 256, 2),
                new VerdictRow.SpeedUp(1.1, 0.8, 1.3, Verdict.NOT_DECIDED.key()),
                new VerdictRow.Deciding(
                    "flash.latency", "s", "assumed", 7e-5, 1e-4, 8.5e-5, "below"))));
  }

  private static PointRow banded(PointRow row) {
    PointTime time = row.time();
    double speed = time.tokensPerSecond();
    return new PointRow(
        row.identity(),
        row.setup(),
        row.memory(),
        row.demand(),
        new PointTime(
            speed,
            time.firstToken(),
            time.byActivity(),
            time.reads(),
            time.energy(),
            time.assumedShare(),
            new PointTime.Band(0.8 * speed, 1.25 * speed)),
        row.quality());
  }
}
