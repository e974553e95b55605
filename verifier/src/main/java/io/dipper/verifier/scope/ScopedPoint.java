package io.dipper.verifier.scope;

import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.verifier.live.LivePoint;

/**
 * A point that may have to be run.
 *
 * @param row as the sweep wrote it
 * @param run what of it is run
 */
public record ScopedPoint(PointRow row, PlannedPoint planned, LivePoint run) {
  public static ScopedPoint of(PointRow row, PlannedPoint planned) {
    LivePoint live = new LivePoint(planned.replayPoint(), planned.config().getAdapter());
    return new ScopedPoint(row, planned, live);
  }

  public String id() {
    return row.pointId();
  }

  /** What its perplexity depends on. */
  public LivePoint.Identity identity() {
    return run.identity();
  }
}
