package io.dipper.hwsim.replay.demand;

import io.dipper.parallel.TaskPool;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import java.util.List;

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
    return run(points, AccessListener.NONE);
  }

  /** The demand of each point; every access is told to the listener. */
  public List<Demand> run(List<ReplayPoint> points, AccessListener listener) {
    int layers = recording.model().getLayers();
    int[] lengths = recording.sequenceLengths();
    List<Demand> demands =
        points.stream()
            .map(p -> new Demand(p.policy().groups(), layers, lengths, p.fetch()))
            .toList();
    ReplayTasks tasks = new ReplayTasks(recording, listener, progress);
    for (int p = 0; p < points.size(); p++) {
      points.get(p).fetch().enter(tasks, p, points.get(p), demands.get(p));
    }
    List<ReplayTask> all = tasks.all();
    progress.start("replaying", "layer tokens", tasks.work(all));
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(all);
    }
    return demands;
  }
}
