package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.select.MergedRanks;

/**
 * The factor of cache-aware masking over the tokens of a sequence.
 *
 * @param gamma the factor, from 0 to 1
 * @param warmUp whether it starts at 1 and falls to {@code gamma} as the cache fills
 */
record Gamma(double gamma, boolean warmUp) {
  /**
   * The factor at a 0-based position: {@code 1 - (1 - gamma)(1 - gamma^(t/4))} while warming up.
   */
  double at(int position) {
    return warmUp ? 1 - (1 - gamma) * (1 - Math.pow(gamma, position / 4.0)) : gamma;
  }

  /** The order of recorded scores under the factor that stays in the end. */
  MergedRanks ranks() {
    return new MergedRanks((float) at(Integer.MAX_VALUE));
  }
}
