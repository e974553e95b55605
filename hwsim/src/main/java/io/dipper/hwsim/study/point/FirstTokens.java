package io.dipper.hwsim.study.point;

import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.DemandIdentity;
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
import java.util.Objects;
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
    if (ranged.isEmpty()) {
      return List.of();
    }
    Map<DemandIdentity, Demand> demands =
        demands(ranged.stream().flatMap(FirstTokens::both).toList());
    List<Supplier<VerdictRow>> tasks = new ArrayList<>();
    for (PointPair pair : ranged) {
      Demand masked = Objects.requireNonNull(demands.get(pair.masked().replayPoint().demand()));
      Demand dense = Objects.requireNonNull(demands.get(pair.dense().replayPoint().demand()));
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

  /** The demands of points, each that several share replayed once. */
  private Map<DemandIdentity, Demand> demands(List<PlannedPoint> points) {
    Map<DemandIdentity, ReplayPoint> replays = new LinkedHashMap<>();
    points.forEach(p -> replays.putIfAbsent(p.replayPoint().demand(), p.replayPoint()));
    List<Demand> replayed =
        first(points.stream()).demands(List.copyOf(replays.values()), threads, Progress.SILENT);
    Map<DemandIdentity, Demand> demands = new HashMap<>();
    for (DemandIdentity identity : replays.keySet()) {
      demands.put(identity, replayed.get(demands.size()));
    }
    return demands;
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
