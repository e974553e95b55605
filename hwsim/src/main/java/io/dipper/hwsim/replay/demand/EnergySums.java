package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.simd.Simd;

/**
 * The loops of {@link RetainedEnergy}. The order of the additions is fixed, so every implementation
 * gives the same bits: 16 sums in float64, unit i going to sum {@code i mod 16}, in ascending order
 * of units; then the sums of the upper half are added to those of the lower, until one is left.
 */
interface EnergySums {
  /** The number of sums that are added up side by side. */
  int LANES = 16;

  /** The fastest that this JVM can run. */
  static EnergySums create() {
    return Simd.choose(
        EnergySums.class, "io.dipper.hwsim.replay.demand.VectorEnergySums", ScalarEnergySums::new);
  }

  /**
   * The energy of each unit: in float32, the squared activation times the squared norm.
   *
   * @param keys the magnitudes of the activations, fp16 bits
   * @return their sum
   */
  double energies(short[] keys, float[] squaredNorms, float[] out);

  /** The sum over the units of a set, given as its words. */
  double sum(float[] energies, long[] set);

  /** Adds the lanes up, in a tree. */
  static double total(double[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }
}
