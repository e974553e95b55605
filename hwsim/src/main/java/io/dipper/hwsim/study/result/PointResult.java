package io.dipper.hwsim.study.result;

import java.util.List;

/**
 * What is written of one simulated point.
 *
 * @param point its row
 * @param groups a row for each mask of its policy
 */
public record PointResult(PointRow point, List<GroupRow> groups) {
  public PointResult {
    groups = List.copyOf(groups);
  }

  public String pointId() {
    return point.pointId();
  }

  /** With other perplexities, or whatever else of the point's row. */
  public PointResult with(PointRow row) {
    return new PointResult(row, groups);
  }
}
