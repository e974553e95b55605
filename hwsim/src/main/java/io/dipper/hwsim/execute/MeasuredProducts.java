package io.dipper.hwsim.execute;

import io.dipper.hwsim.machine.ProductRates;
import io.dipper.weight.WeightType;
import java.util.function.IntConsumer;

/** How fast the products of executions are, on weights that no cache holds. */
public final class MeasuredProducts implements ProductRates {
  /** Bytes of each thread's weights. */
  private static final int BYTES = 1 << 26;

  /** Weights of a row or a column. */
  private static final int UNIT = 2048;

  private volatile float sink;

  public MeasuredProducts() {
    Execution.announce();
  }

  @Override
  public double weightsPerSecond(WeightType type, int threads, double seconds) {
    Blocks blocks = Blocks.of(type);
    Products products = Products.of(type);
    int unitBytes = UNIT / blocks.weights() * blocks.bytes();
    int units = BYTES / unitBytes;
    WeightTemplate content = new WeightTemplate(blocks);
    byte[][] weights = new byte[threads][];
    float[][] values = new float[threads][UNIT];
    for (int member = 0; member < threads; member++) {
      weights[member] = content.array(0, units * unitBytes);
    }
    try (Team team = new Team(threads)) {
      IntConsumer rows =
          member -> {
            float sum = 0;
            for (int unit = 0; unit < units; unit++) {
              sum += products.dot(weights[member], unit * unitBytes, values[member], UNIT);
            }
            sink = sum;
          };
      IntConsumer columns =
          member -> {
            for (int unit = 0; unit < units; unit++) {
              products.add(weights[member], unit * unitBytes, 1e-3f, values[member], UNIT);
            }
          };
      double each = (double) threads * units * UNIT;
      return 2 * each / (secondsOf(team, rows, seconds) + secondsOf(team, columns, seconds));
    }
  }

  /** The mean time of a pass, in the second half of half the seconds. */
  private static double secondsOf(Team team, IntConsumer pass, double seconds) {
    run(team, pass, seconds / 4);
    return run(team, pass, seconds / 4);
  }

  private static double run(Team team, IntConsumer pass, double seconds) {
    long begin = System.nanoTime();
    long now = begin;
    int passes = 0;
    while (passes == 0 || now - begin < seconds * 1e9) {
      team.run(pass);
      passes++;
      now = System.nanoTime();
    }
    return (now - begin) / 1e9 / passes;
  }
}
