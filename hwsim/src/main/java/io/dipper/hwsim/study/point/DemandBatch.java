package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.parallel.TaskPool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Demands that are replayed in one pass over the trace, each with the points that share it. Batches
 * bound the memory that demands take, and let finished points be kept before all are done.
 */
final class DemandBatch {
  private static final long LARGEST_BYTES = 256L << 20;

  private final List<SharedDemand> shared = new ArrayList<>();

  private DemandBatch() {}

  /**
   * Batches in the order of the points, but points of one policy together: they share its masks.
   * Each is made when it is asked for, and as large as the time since the one before allows.
   *
   * @param tokens that a point replays
   */
  static Iterable<DemandBatch> of(List<PlannedPoint> points, long tokens) {
    Deque<SharedDemand> queue =
        SharedDemand.byPolicy(points).stream()
            .flatMap(List::stream)
            .collect(Collectors.toCollection(ArrayDeque::new));
    return () ->
        new Iterator<>() {
          private final BatchSize size = new BatchSize();
          private int demands;
          private long begunNs;

          @Override
          public boolean hasNext() {
            return !queue.isEmpty();
          }

          @Override
          public DemandBatch next() {
            long now = System.nanoTime();
            if (demands > 0) {
              size.took(demands, (now - begunNs) / 1e9);
            }
            DemandBatch batch = take(queue, size.next(), tokens);
            demands = batch.shared.size();
            begunNs = now;
            return batch;
          }
        };
  }

  /** One demand at least, and no more than memory allows. */
  private static DemandBatch take(Deque<SharedDemand> queue, int most, long tokens) {
    DemandBatch batch = new DemandBatch();
    long bytes = bytes(queue.element().representative(), tokens);
    do {
      batch.shared.add(queue.remove());
      bytes += queue.isEmpty() ? 0 : bytes(queue.element().representative(), tokens);
    } while (!queue.isEmpty() && batch.shared.size() < most && bytes <= LARGEST_BYTES);
    return batch;
  }

  /** Three counts per token, layer and group, and what else is counted. */
  private static long bytes(PlannedPoint point, long tokens) {
    long counts = 3 + point.fetch().extraCounts().size();
    return 4
        * counts
        * tokens
        * point.policy().groups().size()
        * point.config().getModel().getLayers();
  }

  int points() {
    return shared.stream().mapToInt(demand -> demand.points().size()).sum();
  }

  List<ReplayPoint> replayPoints() {
    return shared.stream().map(demand -> demand.representative().replayPoint()).toList();
  }

  /** Times the points on all cores and hands each on as soon as it is done. */
  <T> void time(
      List<Demand> demands,
      int threads,
      BiFunction<PlannedPoint, Demand, T> time,
      Consumer<T> finished) {
    List<Supplier<T>> tasks = new ArrayList<>();
    for (int d = 0; d < demands.size(); d++) {
      Demand demand = demands.get(d);
      for (PlannedPoint point : shared.get(d).points()) {
        tasks.add(() -> time.apply(point, demand));
      }
    }
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(tasks, finished);
    }
  }
}
