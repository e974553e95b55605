package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.ProcessorRates;

/**
 * How fast a step computes.
 *
 * @param secondsPerFlop of arithmetic on weights
 * @param secondsPerKvFlop of attention over the KV cache
 */
record StepRates(double secondsPerFlop, double secondsPerKvFlop) {
  /** The rates of a step whose weights, and whose KV cache, have so many bits. */
  static StepRates of(ProcessorRates processor, double weightBits, double kvBits) {
    return new StepRates(processor.secondsPerFlop(weightBits), processor.secondsPerFlop(kvBits));
  }
}
