package io.dipper.verifier.scope;

import io.dipper.hwsim.replay.demand.MaskIdentity;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.result.PointRow;

/**
 * A point that may have to be run.
 *
 * @param row as the sweep wrote it
 * @param run what of it is run
 */
public record ScopedPoint(PointRow row, PlannedPoint planned, ReplayPoint run) {
  public static ScopedPoint of(PointRow row, PlannedPoint planned) {
    return new ScopedPoint(row, planned, planned.replayPoint());
  }

  public String id() {
    return row.pointId();
  }

  /** What its perplexity depends on. */
  public MaskIdentity masks() {
    return run.masks();
  }
}
