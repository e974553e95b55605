package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSpace;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A recording played through masks and caches. Layers are independent of one another, because each
 * has its own caches, so they are replayed in parallel (a page cache, which all layers share, on
 * its own); each column is read and decoded once for all points. The result does not depend on the
 * number of threads.
 */
public final class Replay {
  private final Recording recording;
  private final int threads;
  private final Progress progress;

  public Replay(Recording recording, int threads, Progress progress) {
    this.recording = recording;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * The demand of each point.
   *
   * @throws io.dipper.error.UserException if a site was not recorded, or a policy needs a cache of
   *     another kind
   */
  public List<Demand> run(List<ReplayPoint> points) {
    return run(points, MaskListener.NONE);
  }

  /** The demand of each point; every mask is told to the listener. */
  public List<Demand> run(List<ReplayPoint> points, MaskListener listener) {
    int layers = recording.model().getLayers();
    int[] lengths = recording.sequenceLengths();
    List<Demand> demands =
        points.stream()
            .map(p -> new Demand(p.policy().groups(), layers, lengths, p.fetch().extraCounts()))
            .toList();
    List<Runnable> tasks = new ArrayList<>();
    Collection<List<Strand>> strandsByColumn = strandsByColumn(points, demands);
    for (int layer = 0; layer < layers; layer++) {
      for (List<Strand> strands : strandsByColumn) {
        tasks.add(new ColumnReplay(recording, layer, strands, listener, progress));
      }
    }
    long columns = tasks.size();
    for (int p = 0; p < points.size(); p++) {
      ReplayPoint point = points.get(p);
      PageRules pages = point.fetch().pages();
      if (pages != null) {
        Demand demand = demands.get(p);
        tasks.add(new PagedReplay(recording, p, point, pages, demand, listener, progress));
        columns += (long) layers * point.policy().groups().size();
      }
    }
    progress.start("replaying", "layer tokens", columns * Arrays.stream(lengths).sum());
    runAll(tasks);
    return demands;
  }

  /** What strands of one column have in common, in every layer. */
  private record ColumnKey(List<Signal> signals, UnitSpace space) {}

  /** What is to be replayed of each column, the same in every layer. */
  private static Collection<List<Strand>> strandsByColumn(
      List<ReplayPoint> points, List<Demand> demands) {
    Map<ColumnKey, List<Strand>> byColumn = new LinkedHashMap<>();
    for (int p = 0; p < points.size(); p++) {
      if (points.get(p).fetch().pages() != null) {
        continue;
      }
      List<UnitGroup> groups = points.get(p).policy().groups();
      for (int g = 0; g < groups.size(); g++) {
        ColumnKey key = new ColumnKey(groups.get(g).signals(), groups.get(g).space());
        byColumn
            .computeIfAbsent(key, column -> new ArrayList<>())
            .add(new Strand(p, points.get(p), g, demands.get(p)));
      }
    }
    return byColumn.values();
  }

  private void runAll(List<Runnable> tasks) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable task : tasks) {
        running.add(executor.submit(task));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw rethrown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("replay interrupted");
    } finally {
      executor.shutdownNow();
    }
  }

  private static RuntimeException rethrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }
}
