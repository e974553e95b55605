package io.dipper.hwsim.machine;

import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** What a core takes for what is not reading weights, by loops that do just that. */
final class CoreCosts {
  /** Scores among which a mask is chosen, of a model of some billions of weights. */
  private static final int UNITS = 4096;

  /** Floats of the arrays of multiply-adds: both stay in a first-level cache. */
  private static final int RESIDENT = 1024;

  private static final int CALLS = 64;

  private volatile float sink;

  /** The time of choosing the larger half of some scores, for each score. */
  double selectPerElement(double seconds) {
    SplittableRandom random = new SplittableRandom(2);
    int[] keys = random.ints(UNITS, 0, Integer.MAX_VALUE).toArray();
    TopK selection = new TopK(UNITS);
    UnitSet chosen = new UnitSet(UNITS);
    return perCall(seconds, call -> selection.select(keys, UNITS / 2, chosen)) / UNITS;
  }

  /** Multiply-adds on operands that a core has in its cache, two FLOP each, of one core. */
  double flopsPerCore(double seconds) {
    float[] sums = new float[RESIDENT];
    float[] weights = new float[RESIDENT];
    for (int i = 0; i < RESIDENT; i++) {
      weights[i] = i;
    }
    double each =
        perCall(
            seconds,
            call -> {
              float factor = 1e-9f * call;
              for (int i = 0; i < RESIDENT; i++) {
                sums[i] += factor * weights[i];
              }
            });
    sink = sums[RESIDENT - 1];
    return 2.0 * RESIDENT / each;
  }

  /** The mean time of a call in the second half of some seconds; the first half warms up. */
  private static double perCall(double seconds, IntConsumer kernel) {
    run(seconds / 2, kernel);
    return run(seconds / 2, kernel);
  }

  private static double run(double seconds, IntConsumer kernel) {
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    long calls = 0;
    long now = begin;
    while (now < stop) {
      for (int i = 0; i < CALLS; i++) {
        kernel.accept(i);
      }
      calls += CALLS;
      now = System.nanoTime();
    }
    return (now - begin) / 1e9 / calls;
  }
}
