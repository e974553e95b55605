package io.dipper.hwsim.study.point;

import java.util.ArrayList;
import java.util.List;

/**
 * Points in pieces of work that can be done apart: a piece has points of one policy, which share
 * its masks, and points that share a demand are never parted.
 */
public final class PointChunks {
  private PointChunks() {}

  /**
   * The pieces, those of the first points first.
   *
   * @param demands how many replays a piece has at most; at least 1
   */
  public static List<List<PlannedPoint>> of(List<PlannedPoint> points, int demands) {
    List<List<PlannedPoint>> chunks = new ArrayList<>();
    for (List<SharedDemand> policy : SharedDemand.byPolicy(points)) {
      for (int d = 0; d < policy.size(); d += demands) {
        List<SharedDemand> piece = policy.subList(d, Math.min(d + demands, policy.size()));
        chunks.add(piece.stream().flatMap(demand -> demand.points().stream()).toList());
      }
    }
    return chunks;
  }

  /** How many replays the points need. */
  public static int demands(List<PlannedPoint> points) {
    return (int) points.stream().map(point -> point.replayPoint().demand()).distinct().count();
  }
}
