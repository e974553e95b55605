package io.dipper.hwsim.replay.demand;

import io.dipper.trace.Fp16;
import java.util.Arrays;

/** The loops of retained energy, unit by unit. */
final class ScalarEnergySums implements EnergySums {
  private final double[] lanes = new double[LANES];

  @Override
  public double energies(short[] keys, float[] squaredNorms, float[] out) {
    for (int i = 0; i < keys.length; i++) {
      float value = Fp16.decode(keys[i]);
      out[i] = value * value * squaredNorms[i];
    }
    Arrays.fill(lanes, 0);
    int i = 0;
    for (; i + LANES <= out.length; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += out[i + lane];
      }
    }
    for (; i < out.length; i++) {
      lanes[i & (LANES - 1)] += out[i];
    }
    return EnergySums.total(lanes);
  }

  @Override
  public double sum(float[] energies, long[] set) {
    Arrays.fill(lanes, 0);
    for (int w = 0; w < set.length; w++) {
      for (long word = set[w]; word != 0; word &= word - 1) {
        int bit = Long.numberOfTrailingZeros(word);
        lanes[bit & (LANES - 1)] += energies[(w << 6) + bit];
      }
    }
    return EnergySums.total(lanes);
  }
}
