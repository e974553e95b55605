package io.dipper.hwsim.execute;

import io.dipper.hwsim.machine.ProductRates;
import io.dipper.weight.WeightType;
import java.util.EnumSet;
import java.util.Set;

/** How fast the products of executions are, on weights that no cache holds. */
public final class MeasuredProducts implements ProductRates {
  /** Bytes of each thread's weights. */
  private static final int BYTES = 1 << 26;

  /** Weights of a row or a column, and how many of these are multiplied at a time. */
  private static final int UNIT = 2048;

  private static final int SLICE = 256;

  /** For how long the products of a type are made before they are measured for the first time. */
  private static final double WARM_UP_SECONDS = 2;

  private final Set<WeightType> warm = EnumSet.noneOf(WeightType.class);
  private volatile float sink;

  public MeasuredProducts() {
    Execution.announce();
  }

  @Override
  public double weightsPerSecond(WeightType type, int threads, double seconds) {
    Blocks blocks = Blocks.of(type);
    Products products = Products.of(type);
    int unitBytes = UNIT / blocks.weights() * blocks.bytes();
    int slices = BYTES / (SLICE * unitBytes);
    WeightTemplate content = new WeightTemplate(blocks);
    byte[][] weights = new byte[threads][];
    float[][] values = new float[threads][UNIT];
    for (int member = 0; member < threads; member++) {
      weights[member] = content.array(0, slices * SLICE * unitBytes);
    }
    try (Team team = new Team(threads)) {
      Slice rows =
          (member, from) -> {
            float sum = 0;
            for (int unit = 0; unit < SLICE; unit++) {
              sum += products.dot(weights[member], from + unit * unitBytes, values[member], UNIT);
            }
            sink = sum;
          };
      Slice columns =
          (member, from) -> {
            for (int unit = 0; unit < SLICE; unit++) {
              products.add(weights[member], from + unit * unitBytes, 1e-3f, values[member], UNIT);
            }
          };
      int bytes = SLICE * unitBytes;
      if (warm.add(type)) {
        double warmUp = Math.min(WARM_UP_SECONDS, 20 * seconds) / 2;
        secondsOf(team, rows, slices, bytes, warmUp);
        secondsOf(team, columns, slices, bytes, warmUp);
      }
      double each = (double) threads * SLICE * UNIT;
      double both =
          secondsOf(team, rows, slices, bytes, seconds / 2)
              + secondsOf(team, columns, slices, bytes, seconds / 2);
      return 2 * each / both;
    }
  }

  /** What a member does with a part of its weights, which begins at a place. */
  private interface Slice {
    void multiply(int member, int from);
  }

  /** The mean time of a slice, in the second half of some seconds. */
  private static double secondsOf(
      Team team, Slice slice, int slices, int sliceBytes, double seconds) {
    long begin = System.nanoTime();
    long half = begin + (long) (seconds / 2 * 1e9);
    long stop = begin + (long) (seconds * 1e9);
    long now = begin;
    int at = 0;
    for (; now < half; now = System.nanoTime()) {
      int from = at++ % slices * sliceBytes;
      team.run(member -> slice.multiply(member, from));
    }
    long since = now;
    int done = 0;
    while (done == 0 || now < stop) {
      int from = at++ % slices * sliceBytes;
      team.run(member -> slice.multiply(member, from));
      done++;
      now = System.nanoTime();
    }
    return (now - since) / 1e9 / done;
  }
}
