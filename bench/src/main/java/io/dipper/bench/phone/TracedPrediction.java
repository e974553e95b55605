package io.dipper.bench.phone;

/**
 * What was predicted of the traced run's tokens.
 *
 * @param all of them
 * @param withoutPauses those in which the processor did not pause
 * @param pauses the others
 */
record TracedPrediction(Agreement all, Agreement withoutPauses, int pauses) {
  /**
   * How well tokens agree.
   *
   * @param meanError of the mean time, as a share of the measured one
   * @param correlation over tokens
   */
  record Agreement(double meanError, double correlation) {
    static Agreement of(double[] predicted, double[] measured) {
      return new Agreement(
          Numbers.mean(predicted) / Numbers.mean(measured) - 1,
          Numbers.correlation(predicted, measured));
    }
  }
}
