package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Demands that are replayed in one pass over the trace, each with the points that share it. Batches
 * bound the memory that demands take, and let finished points be kept before all are done.
 */
final class DemandBatch {
  private static final int LARGEST = 32;
  private static final long LARGEST_BYTES = 256L << 20;

  private final List<SharedDemand> shared = new ArrayList<>();

  private DemandBatch() {}

  /**
   * Batches in the order of the points, but points of one policy together: they share its masks.
   */
  static List<DemandBatch> of(List<PlannedPoint> points, Recording recording) {
    long tokens = Arrays.stream(recording.sequenceLengths()).sum();
    List<DemandBatch> batches = new ArrayList<>();
    long bytes = 0;
    for (SharedDemand demand :
        SharedDemand.byPolicy(points).stream().flatMap(List::stream).toList()) {
      long size = bytes(demand.representative(), tokens);
      DemandBatch last = batches.isEmpty() ? null : batches.get(batches.size() - 1);
      if (last == null || last.shared.size() == LARGEST || bytes + size > LARGEST_BYTES) {
        last = new DemandBatch();
        batches.add(last);
        bytes = 0;
      }
      last.shared.add(demand);
      bytes += size;
    }
    return batches;
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

  /** Times the points on all cores and hands them on in order. */
  <T> void time(
      List<Demand> demands,
      int threads,
      BiFunction<PlannedPoint, Demand, T> time,
      Consumer<T> finished) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int d = 0; d < demands.size(); d++) {
        Demand demand = demands.get(d);
        for (PlannedPoint point : shared.get(d).points()) {
          running.add(executor.submit(() -> time.apply(point, demand)));
        }
      }
      for (Future<T> point : running) {
        finished.accept(point.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("timing interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
  }
}
