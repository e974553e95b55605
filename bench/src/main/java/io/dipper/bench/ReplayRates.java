package io.dipper.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.trace.Recording;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens per second of processor time that replays take, so that other work does not count. */
final class ReplayRates {
  private final Recording recording;
  private final double seconds;

  /**
   * @param seconds of processor time to measure for
   */
  ReplayRates(Recording recording, double seconds) {
    this.recording = recording;
    this.seconds = seconds;
  }

  /**
   * Point-tokens per second and core of points that are replayed together, on one thread.
   *
   * @param policies one for each point; points of equal ones share their masks
   * @param capacity of the caches, as a share of the units
   */
  double measure(List<String> policies, String cache, double capacity) {
    Map<String, ReplayPoint> distinct = new HashMap<>();
    List<ReplayPoint> points =
        policies.stream()
            .map(policy -> distinct.computeIfAbsent(policy, p -> point(p, cache, capacity)))
            .toList();
    long tokens = (long) Arrays.stream(recording.sequenceLengths()).sum() * points.size();
    return rate(tokens, () -> new Replay(recording, 1, Progress.SILENT).run(points));
  }

  private ReplayPoint point(String policy, String cache, double capacity) {
    MaskPolicy made =
        Policies.create(Policies.parse(policy), new PolicyContext(recording.model(), recording));
    int[] columns = made.groups().stream().mapToInt(g -> (int) (g.units() * capacity)).toArray();
    return new ReplayPoint(made, Caches.parse(cache), columns, 0);
  }

  /** Runs something once to warm up and then for the time there is. */
  double rate(long tokens, Runnable run) {
    run.run();
    long start = cpuNs();
    long done = 0;
    while (cpuNs() - start < seconds * 1e9) {
      run.run();
      done += tokens;
    }
    return done / ((cpuNs() - start) / 1e9);
  }

  /** Processor time, so that other work on the machine does not count. */
  static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
