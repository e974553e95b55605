package io.dipper.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dipper.hwsim.replay.simd.Simd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Replays activations of the shape of Llama-3-8B in memory, on one thread: {@code ShapeBenchmark
 * [ROUNDS [BASELINE.csv]]}. Prints tokens per second of processor time, and two ratios that carry
 * over from machine to machine: how many times as fast as a fixed loop over the same numbers, and
 * as the naive twin. The best of several rounds in turn counts.
 *
 * <p>With a baseline, it prints the quotient of the first ratio and the baseline's, and exits with
 * 1 where one is below {@value #LEAST}.
 */
public final class ShapeBenchmark {
  private static final int TOKENS = 128;
  private static final double CAPACITY = 0.4;
  private static final double LEAST = 0.8;
  private static final List<String> SEVEN_DENSITIES =
      IntStream.rangeClosed(3, 9).mapToObj(tenth -> "dip:density=0." + tenth).toList();
  private static final String FIXED_LOOP = "fixed loop";
  private static final String NAIVE = "naive dip-ca lfu";

  private final MadeUpRecording recording = new MadeUpRecording(TOKENS);
  private final ReplayRates rates = new ReplayRates(recording, 1);
  private final Map<String, Double> best = new LinkedHashMap<>();

  private ShapeBenchmark() {}

  public static void main(String[] args) throws IOException {
    ShapeBenchmark benchmark = new ShapeBenchmark();
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    for (int round = 0; round < rounds; round++) {
      benchmark.round();
    }
    boolean slower = benchmark.print(args.length > 1 ? baseline(Path.of(args[1])) : Map.of());
    System.exit(slower ? 1 : 0);
  }

  private void round() {
    keep(FIXED_LOOP, rates.rate(TOKENS, recording::hash));
    keep(NAIVE, rates.rate(TOKENS, () -> new NaiveReplay(recording, 0.5, 0.2f, CAPACITY).run()));
    measure("dip-ca lfu", "lfu", List.of("dip-ca:density=0.5"));
    measure("dip-ca lru", "lru", List.of("dip-ca:density=0.5"));
    measure("dip lfu", "lfu", List.of("dip:density=0.5"));
    measure("dip lru", "lru", List.of("dip:density=0.5"));
    measure("dip lfu x 8", "lfu", Collections.nCopies(8, "dip:density=0.5"));
    measure("dip lfu at 7 densities", "lfu", SEVEN_DENSITIES);
    measure("approximate lfu", "lfu", List.of("approximate:density=0.5"));
  }

  private void measure(String name, String cache, List<String> policies) {
    keep(name, rates.measure(policies, cache, CAPACITY));
  }

  private void keep(String name, double rate) {
    best.merge(name, rate, Math::max);
  }

  /** Prints the table; returns whether something is slower than the baseline has it. */
  private boolean print(Map<String, Double> baseline) {
    double fixed = best.getOrDefault(FIXED_LOOP, Double.NaN);
    double naive = best.getOrDefault(NAIVE, Double.NaN);
    boolean slower = false;
    System.out.println("java,benchmark,tokens_per_s_core,times_fixed_loop,times_naive,to_baseline");
    for (Map.Entry<String, Double> entry : best.entrySet()) {
      double rate = entry.getValue();
      String key = platform() + "," + entry.getKey();
      double to = rate / fixed / baseline.getOrDefault(key, Double.NaN);
      slower |= to < LEAST;
      System.out.printf(
          Locale.ROOT, "%s,%.1f,%.4f,%.2f,%.2f%n", key, rate, rate / fixed, rate / naive, to);
    }
    return slower;
  }

  private static Map<String, Double> baseline(Path file) throws IOException {
    Map<String, Double> ratios = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file);
        Stream<NamedCsvRecord> records = reader.stream()) {
      records.forEach(
          row ->
              ratios.put(
                  row.getField("java") + "," + row.getField("benchmark"),
                  Double.valueOf(row.getField("times_fixed_loop"))));
    }
    return ratios;
  }

  /** What the baseline differs by: the JDK, and whether it has the Vector API. */
  private static String platform() {
    return Runtime.version().feature() + (Simd.available() ? " vector" : " scalar");
  }
}
