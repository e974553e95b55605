package io.dipper.hwsim.machine;

import io.dipper.weight.WeightType;

/** The products that a machine is measured with: those of what executes points on it. */
public interface ProductRates {
  /**
   * Weights per second that some threads multiply, of a type and from memory that no cache holds,
   * half of them as rows and half as columns.
   *
   * @param threads at once
   * @param seconds to take for it
   */
  double weightsPerSecond(WeightType type, int threads, double seconds);
}
