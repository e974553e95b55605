package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.HostCosts;
import io.dipper.hwsim.time.device.ProcessorRates;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepUnits;
import io.dipper.hwsim.time.schedule.StepWork;
import io.dipper.hwsim.time.schedule.TokenPlan;
import java.util.Arrays;

/**
 * What a processor takes for a step.
 *
 * @param secondsPerFlop of arithmetic on weights
 * @param secondsPerKvFlop of attention over the KV cache
 * @param secondsPerWeight to bring one from its stored type to the one that is computed with, and
 *     its share of what each row or column takes, beside the arithmetic
 * @param overheadSeconds launches, synchronisation, and what a layer with experts takes beside
 * @param selectSeconds to choose among all units
 * @param gather what gathering units takes
 * @param admitSecondsPerByte to take a fetched unit into a cache
 */
record StepPrice(
    double secondsPerFlop,
    double secondsPerKvFlop,
    double secondsPerWeight,
    double overheadSeconds,
    double selectSeconds,
    UnitGather gather,
    double admitSecondsPerByte) {

  /**
   * What gathering units of one size takes.
   *
   * @param selected of each selected unit
   * @param cached of each of them that lies among others in memory, beside
   */
  record UnitGather(double selected, double cached) {
    static final UnitGather NONE = new UnitGather(0, 0);

    /** An expert is so large that it does not matter where in memory it lies. */
    static UnitGather of(HostCosts.Gather costs, StepUnits units) {
      boolean scattered = !units.arrival().oneByOne();
      return new UnitGather(costs.perUnit(), scattered ? costs.ofBytes(units.bytes()) : 0);
    }
  }

  /** The prices of the steps of a token, in order. */
  static StepPrice[] of(TokenPlan plan, ProcessorRates processor) {
    return Arrays.stream(plan.steps()).map(step -> of(step, processor)).toArray(StepPrice[]::new);
  }

  private static StepPrice of(Step step, ProcessorRates processor) {
    boolean chooses = !step.units().full();
    HostCosts host = processor.host();
    double bits = step.weights().bits();
    return new StepPrice(
        step.units().arrival().ofExperts()
            ? processor.secondsPerExpertFlop(bits)
            : processor.secondsPerFlop(bits),
        processor.secondsPerKvFlop(step.kv().bits()),
        processor.weights().seconds(bits, vector(step)),
        step.kernels().synchronisations() * host.synchronisation()
            + step.kernels().launches() * host.launches().product()
            + step.kernels().expertLayers() * host.expertLayer()
            + step.kernels().all() * host.launches().kernel(),
        chooses ? step.units().count() * host.select() : 0,
        chooses ? UnitGather.of(host.gather(), step.units()) : UnitGather.NONE,
        host.admitByte());
  }

  private static double vector(Step step) {
    return (step.isMasked() ? step.units().each() : step.weights()).vector();
  }

  /** Arithmetic on what is there when the step begins. */
  double cachedSeconds(StepWork work) {
    return work.kvFlops() * secondsPerKvFlop
        + Math.max(work.cachedFlops() * secondsPerFlop, work.cachedWeights() * secondsPerWeight);
  }

  /** Gathering the selected units. */
  double gatherSeconds(StepWork work) {
    return work.selected() * gather.selected() + work.hits() * gather.cached();
  }

  /** Arithmetic on fetched units. */
  double missedSeconds(StepWork work) {
    return Math.max(work.missedFlops() * secondsPerFlop, work.missedWeights() * secondsPerWeight);
  }
}
