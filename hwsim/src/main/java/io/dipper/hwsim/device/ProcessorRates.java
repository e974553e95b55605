package io.dipper.hwsim.device;

import io.dipper.proto.Processor;

/**
 * What a processor takes beyond reading its operands: arithmetic at a share of the peak, and fixed
 * costs. Absent numbers cost nothing.
 *
 * @param secondsPerFlop 1 / (peak · efficiency)
 * @param launchSeconds per kernel
 * @param synchronisationSeconds per layer
 * @param selectSeconds per scored element
 * @param gatherSeconds per selected unit
 */
public record ProcessorRates(
    double secondsPerFlop,
    double launchSeconds,
    double synchronisationSeconds,
    double selectSeconds,
    double gatherSeconds) {

  /** The rates of a profile's processor. */
  public static ProcessorRates of(Processor processor) {
    double efficiency = processor.hasEfficiency() ? processor.getEfficiency().getValue() : 1;
    return new ProcessorRates(
        processor.hasPeak() ? 1 / (processor.getPeak().getValue() * efficiency) : 0,
        processor.getKernelLaunch().getValue(),
        processor.getLayerSynchronisation().getValue(),
        processor.getSelectPerElement().getValue(),
        processor.getGatherPerUnit().getValue());
  }
}
