package io.dipper.hwsim.machine;

import io.dipper.hwsim.machine.Measured.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What rows and columns take, as a time for each and a time for each of its weights: the line
 * through two lengths. Of types of weights each has a rate of its own; the time of a row or column
 * is the median over them, so that the longer ones have just the rate that was measured.
 */
final class VectorCosts {
  /** Weights of the rows and columns that are measured: short ones and long ones. */
  static final List<Integer> LENGTHS = List.of(256, 2048);

  private static final int SHORT = LENGTHS.get(0);
  private static final int LONG = LENGTHS.get(1);

  private final double vector;
  private final Map<Kind, Double> rates = new EnumMap<>(Kind.class);

  /**
   * @param values weights per second of all types, at both lengths
   */
  VectorCosts(Map<Measured, Spread> values) {
    Map<Kind, double[]> secondsPerWeight = new EnumMap<>(Kind.class);
    values.forEach(
        (what, spread) -> {
          if (what.kind().weights() != null) {
            secondsPerWeight
                    .computeIfAbsent(what.kind(), kind -> new double[2])[
                    LENGTHS.indexOf(what.size())] =
                1 / spread.median();
          }
        });
    double[] each =
        secondsPerWeight.values().stream()
            .mapToDouble(p -> Math.max(0, (p[0] - p[1]) / (1.0 / SHORT - 1.0 / LONG)))
            .sorted()
            .toArray();
    // Of a type whose rows take less than the median, at least half is its weights' time.
    double most =
        secondsPerWeight.values().stream().mapToDouble(p -> p[1] * LONG / 2).min().orElse(0);
    this.vector = Math.min(median(each), most);
    secondsPerWeight.forEach((kind, p) -> rates.put(kind, 1 / (p[1] - vector / LONG)));
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[half]
        : Arrays.stream(sorted, half - 1, half + 1).sum() / 2;
  }

  /** The seconds of a row or a column beside its weights. */
  double vector() {
    return vector;
  }

  /** Weights per second of a type beside that. */
  double rate(Kind kind) {
    return rates.getOrDefault(kind, Double.NaN);
  }

  /**
   * The line through what gathering takes at both lengths, neither part below 0.
   *
   * @param shorter seconds of a column of so few weights, longer of so many
   * @param bytes of a weight
   * @return seconds of a column, and of each of its bytes
   */
  static double[] gather(double shorter, double longer, double bytes) {
    double perByte = Math.max(0, (longer - shorter) / ((LONG - SHORT) * bytes));
    return new double[] {Math.max(0, longer - perByte * LONG * bytes), perByte};
  }
}
