package io.dipper.hwsim.study.report;

import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.ExecutedPointRow.Executions;
import io.dipper.hwsim.study.result.ExecutedPointRow.Spent;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import java.util.ArrayList;
import java.util.List;

/** Executions of some points of a result directory, a tenth slower than simulated. */
final class SampleExecutions {
  private SampleExecutions() {}

  /** Adds executions of the first points, and one more that was left out. */
  static void add(ResultDirectory results, int points) {
    List<ExecutedPointRow> rows = new ArrayList<>();
    for (PointRow point : results.points().subList(0, points + 1)) {
      double speed = point.time().tokensPerSecond();
      boolean done = rows.size() < points;
      rows.add(
          new ExecutedPointRow(
              point.pointId(),
              point.setup(),
              speed,
              done
                  ? new Executions(3, 0.9 * speed, 0.87 * speed, 0.95 * speed, 0.9)
                  : Executions.NONE,
              Spent.NONE,
              done ? null : "rows are not executed"));
    }
    results.writeCompared(rows);
  }
}
