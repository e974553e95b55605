package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.ProcessorRates;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepWork;
import io.dipper.hwsim.time.schedule.TokenPlan;
import java.util.Arrays;

/**
 * What a processor takes for a step.
 *
 * @param secondsPerFlop of arithmetic on weights
 * @param secondsPerKvFlop of attention over the KV cache
 * @param overheadSeconds launches and synchronisation
 * @param selectSeconds to choose among all units
 * @param gatherSeconds to gather one selected unit
 */
record StepPrice(
    double secondsPerFlop,
    double secondsPerKvFlop,
    double overheadSeconds,
    double selectSeconds,
    double gatherSeconds) {

  /** The prices of the steps of a token, in order. */
  static StepPrice[] of(TokenPlan plan, ProcessorRates processor) {
    return Arrays.stream(plan.steps()).map(step -> of(step, processor)).toArray(StepPrice[]::new);
  }

  private static StepPrice of(Step step, ProcessorRates processor) {
    boolean chooses = !step.units().full();
    return new StepPrice(
        processor.secondsPerFlop(step.weights().bits()),
        processor.secondsPerFlop(step.kv().bits()),
        step.kernels().synchronisations() * processor.synchronisationSeconds()
            + step.kernels().launches() * processor.launchSeconds(),
        chooses ? step.units().count() * processor.selectSeconds() : 0,
        chooses ? processor.gatherSeconds() : 0);
  }

  /** Arithmetic on what is there when the step begins. */
  double cachedSeconds(StepWork work) {
    return work.kvFlops() * secondsPerKvFlop + work.cachedFlops() * secondsPerFlop;
  }

  /** Arithmetic on fetched units. */
  double missedSeconds(StepWork work) {
    return work.missedFlops() * secondsPerFlop;
  }
}
