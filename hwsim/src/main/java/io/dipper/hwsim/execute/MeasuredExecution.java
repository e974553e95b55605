package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.product.ProductBench;
import io.dipper.hwsim.execute.read.FetchBench;
import io.dipper.hwsim.machine.DirectFile;
import io.dipper.hwsim.machine.ExecutionRates;
import io.dipper.weight.WeightType;
import java.util.EnumSet;
import java.util.Set;

/** How fast the products and the fetches of executions are. */
public final class MeasuredExecution implements ExecutionRates {
  /** For how long the products of a type are made before they are measured for the first time. */
  private static final double WARM_UP_SECONDS = 2;

  /** Weights of a row or a column where nothing is said of it. */
  private static final int LENGTH = 2048;

  private final Set<WeightType> warm = EnumSet.noneOf(WeightType.class);

  public MeasuredExecution() {
    Execution.announce();
  }

  @Override
  public double weightsPerSecond(WeightType type, int length, int threads, double seconds) {
    try (ProductBench bench = bench(type, length, threads, seconds)) {
      return length > LONGEST_ROW
          ? 1 / bench.column(seconds)
          : 2 / (bench.row(seconds / 2) + bench.column(seconds / 2));
    }
  }

  @Override
  public double gatherSeconds(int length, int threads, double seconds) {
    try (ProductBench bench = bench(GATHERED, length, threads, seconds)) {
      return bench.gather(seconds);
    }
  }

  @Override
  public double handOutSeconds(int threads, double seconds) {
    try (ProductBench bench = bench(GATHERED, LENGTH, threads, seconds)) {
      return bench.handOut(seconds);
    }
  }

  @Override
  public double attentionFlops(int threads, double seconds) {
    try (ProductBench bench = bench(WeightType.F16, LENGTH, threads, seconds)) {
      return 2 / bench.attention(seconds);
    }
  }

  @Override
  public double handOverSeconds(DirectFile file, int lanes, double seconds) {
    return new FetchBench(file, lanes).handOver(seconds);
  }

  @Override
  public double streamBandwidth(DirectFile file, int bytes, int lanes, double seconds) {
    return new FetchBench(file, lanes).streamBandwidth(bytes, seconds);
  }

  @Override
  public double fetchSeconds(DirectFile file, int lanes, int reads, int bytes, double seconds) {
    return new FetchBench(file, lanes).seconds(reads, bytes, seconds);
  }

  @Override
  public double delaySeconds(DirectFile file, int lanes, int reads, int bytes, double seconds) {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ProductBench products = bench(GATHERED, LENGTH, threads, seconds)) {
      return new FetchBench(file, lanes).delay(reads, bytes, seconds, products::slice);
    }
  }

  private ProductBench bench(WeightType type, int length, int threads, double seconds) {
    ProductBench bench = new ProductBench(type, length, threads);
    if (warm.add(type)) {
      double warmUp = Math.min(WARM_UP_SECONDS, 20 * seconds) / 2;
      bench.row(warmUp);
      bench.column(warmUp);
    }
    return bench;
  }
}
