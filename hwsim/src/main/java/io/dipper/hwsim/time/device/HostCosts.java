package io.dipper.hwsim.time.device;

import io.dipper.proto.Processor;

/**
 * What the host takes beside arithmetic, in seconds. Absent numbers cost nothing.
 *
 * @param launches of kernels
 * @param synchronisation per layer
 * @param expertLayer per layer with experts, beside the others
 * @param select per scored element
 * @param gather of a selected unit
 * @param admitByte per byte of an expert that enters a cache
 */
public record HostCosts(
    Launches launches,
    double synchronisation,
    double expertLayer,
    double select,
    Gather gather,
    double admitByte) {

  /**
   * What launching costs.
   *
   * @param product per product with weights, and per attention
   * @param kernel per kernel of a layer, of all that its architecture has
   */
  public record Launches(double product, double kernel) {}

  /**
   * What gathering costs.
   *
   * @param perUnit of each selected unit, whatever its size
   * @param perByte of each byte of a unit that lies among others in memory, beside; units that were
   *     fetched lie one after another
   * @param bytes of such a unit that count at most: what comes after them is read ahead
   */
  public record Gather(double perUnit, double perByte, double bytes) {
    /** The seconds of the bytes of a unit of some size. */
    public double ofBytes(double unitBytes) {
      return perByte * Math.min(bytes, unitBytes);
    }
  }

  static HostCosts of(Processor processor) {
    return new HostCosts(
        new Launches(processor.getKernelLaunch().getValue(), processor.getKernel().getValue()),
        processor.getLayerSynchronisation().getValue(),
        processor.getExpertLayer().getValue(),
        processor.getSelectPerElement().getValue(),
        new Gather(
            processor.getGatherPerUnit().getValue(),
            processor.getGatherPerByte().getValue(),
            processor.hasGatherBytes()
                ? processor.getGatherBytes().getValue()
                : Double.POSITIVE_INFINITY),
        processor.getAdmit().getValue());
  }
}
