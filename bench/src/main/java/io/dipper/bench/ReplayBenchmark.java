package io.dipper.bench;

import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Replays a whole trace file on one thread and prints the tokens per second of processor time:
 * {@code ReplayBenchmark TRACE [SECONDS [CAPACITY]]}, with the capacity of the caches as a share of
 * the units.
 */
public final class ReplayBenchmark {
  private final ReplayRates rates;
  private final double capacity;

  private ReplayBenchmark(TraceReader trace, double seconds, double capacity) {
    this.rates = new ReplayRates(trace, seconds);
    this.capacity = capacity;
  }

  public static void main(String[] args) {
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 3;
    double capacity = args.length > 2 ? Double.parseDouble(args[2]) : 0.5;
    try (TraceReader trace = TraceReader.open(Path.of(args[0]))) {
      trace.verify();
      ReplayBenchmark benchmark = new ReplayBenchmark(trace, seconds, capacity);
      for (String cache : List.of("none", "lru", "lfu", "belady")) {
        benchmark.measure("dip:density=0.5", cache, 1);
      }
      benchmark.measure("dip:density=0.5", "lfu", 8);
      benchmark.measure("dip-ca:density=0.5", "lfu", 1);
      benchmark.measure("dip-ca:density=0.5", "lru", 1);
      benchmark.measure("approximate:density=0.5", "lfu", 1);
    }
  }

  private void measure(String policy, String cache, int points) {
    double rate = rates.measure(Collections.nCopies(points, policy), cache, capacity);
    System.out.printf(
        Locale.ROOT, "%-26s %-7s %d point(s) %10.0f tokens/s/core%n", policy, cache, points, rate);
  }
}
