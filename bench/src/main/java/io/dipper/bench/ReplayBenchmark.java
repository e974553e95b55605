package io.dipper.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dipper.hwsim.cache.Caches;
import io.dipper.hwsim.demand.Replay;
import io.dipper.hwsim.demand.ReplayPoint;
import io.dipper.hwsim.mask.MaskPolicy;
import io.dipper.hwsim.mask.Policies;
import io.dipper.hwsim.mask.PolicyContext;
import io.dipper.progress.Progress;
import io.dipper.trace.TraceReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Replays a whole trace file on one thread and prints the tokens per second of processor time:
 * {@code ReplayBenchmark TRACE [SECONDS]}.
 */
public final class ReplayBenchmark {
  private ReplayBenchmark() {}

  public static void main(String[] args) {
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 3;
    try (TraceReader trace = TraceReader.open(Path.of(args[0]))) {
      trace.verify();
      for (String cache : List.of("none", "lru", "lfu", "belady")) {
        measure(trace, "dip:density=0.5", cache, 1, seconds);
      }
      measure(trace, "dip:density=0.5", "lfu", 8, seconds);
      measure(trace, "dip-ca:density=0.5", "lfu", 1, seconds);
      measure(trace, "dip-ca:density=0.5", "lru", 1, seconds);
      measure(trace, "approximate:density=0.5", "lfu", 1, seconds);
    }
  }

  private static void measure(
      TraceReader trace, String policy, String cache, int points, double seconds) {
    MaskPolicy made =
        Policies.create(Policies.parse(policy), new PolicyContext(trace.model(), trace));
    int[] columns =
        made.groups().stream().mapToInt(g -> g.axis().units(trace.model()) / 2).toArray();
    ReplayPoint point = new ReplayPoint(made, Caches.parse(cache), columns, 0);
    Replay replay = new Replay(trace, 1, Progress.SILENT);
    List<ReplayPoint> same = Collections.nCopies(points, point);
    replay.run(same);
    long start = cpuNs();
    long tokens = 0;
    while (cpuNs() - start < seconds * 1e9) {
      replay.run(same);
      tokens += (long) trace.tokens() * points;
    }
    double rate = tokens / ((cpuNs() - start) / 1e9);
    System.out.printf(
        Locale.ROOT, "%-26s %-7s %d point(s) %10.0f tokens/s/core%n", policy, cache, points, rate);
  }

  /** Processor time, so that other work on the machine does not count. */
  private static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
