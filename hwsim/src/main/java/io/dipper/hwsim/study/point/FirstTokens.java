package io.dipper.hwsim.study.point;

import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.parallel.TaskPool;
import io.dipper.progress.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is asked of points over the first tokens of a trace alone (after a prompt that is no part of
 * a point), since it takes many timings: how their speeds depend on single numbers of a device.
 */
final class FirstTokens {
  private final Source source;
  private final int most;
  private final int threads;

  /**
   * @param most how many tokens are taken; all where there are fewer
   */
  FirstTokens(Source source, int most, int threads) {
    this.source = source;
    this.most = most;
    this.threads = threads;
  }

  /** For each point, in order, the rows of the numbers that matter. */
  List<SensitivityRow> sensitivities(List<PlannedPoint> points) {
    Source first = first(points.stream());
    Map<String, List<SensitivityRow>> byPoint = new HashMap<>();
    for (DemandBatch batch : DemandBatch.of(points, first.tokens())) {
      List<Demand> demands = first.demands(batch.replayPoints(), threads, Progress.SILENT);
      batch.time(
          demands,
          threads,
          Sensitivity::of,
          rows -> rows.stream().findFirst().ifPresent(r -> byPoint.put(r.pointId(), rows)));
    }
    return points.stream()
        .map(point -> ConfigDigest.of(point.config()).pointId())
        .flatMap(id -> byPoint.getOrDefault(id, List.of()).stream())
        .toList();
  }

  /** The verdicts of the pairs whose device has ranges, in order. */
  List<VerdictRow> verdicts(List<PointPair> pairs) {
    List<PointPair> ranged =
        pairs.stream().filter(pair -> hasRanges(pair.masked()) && hasRanges(pair.dense())).toList();
    Source first = first(ranged.stream().flatMap(FirstTokens::both));
    List<ReplayPoint> replays =
        ranged.stream().flatMap(FirstTokens::both).map(PlannedPoint::replayPoint).toList();
    if (replays.isEmpty()) {
      return List.of();
    }
    List<Demand> demands = first.demands(replays, threads, Progress.SILENT);
    List<Supplier<VerdictRow>> tasks = new ArrayList<>();
    for (int p = 0; p < ranged.size(); p++) {
      PointPair pair = ranged.get(p);
      Demand masked = demands.get(2 * p);
      Demand dense = demands.get(2 * p + 1);
      tasks.add(() -> PairBand.of(pair, masked, dense));
    }
    Map<String, VerdictRow> byPoint = new LinkedHashMap<>();
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(tasks, row -> byPoint.put(row.pointId(), row));
    }
    return ranged.stream()
        .map(pair -> ConfigDigest.of(pair.masked().config()).pointId())
        .flatMap(id -> Stream.ofNullable(byPoint.get(id)))
        .toList();
  }

  private static boolean hasRanges(PlannedPoint point) {
    return !DeviceRanges.of(point.config().getHardware()).numbers().isEmpty();
  }

  private static Stream<PlannedPoint> both(PointPair pair) {
    return Stream.of(pair.masked(), pair.dense());
  }

  private Source first(Stream<PlannedPoint> points) {
    int prompt = points.mapToInt(p -> Policies.densePrompt(p.config().getPolicy())).max().orElse(0);
    return source.first(prompt + most);
  }
}
