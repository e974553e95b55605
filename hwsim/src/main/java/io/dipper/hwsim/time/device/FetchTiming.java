package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;

/**
 * Reads of a device as a step fetches them: they are handed to threads and awaited, which takes a
 * time of its own, and what was read is copied to its place. Copies take time from the reads that
 * come into the same memory, so that m reads of s bytes on l lanes take {@code hand_over + (min(m,
 * l) - 1) hand_over_per_lane + m s / copy_bandwidth} longer than the device does. A processor that
 * has nothing else to do makes the first read itself, and hands over the others only.
 *
 * <p>The bandwidth of streams has their copies in it: of n reads of which k are in flight the first
 * k take as long as reads that are copied, and what follows comes at that bandwidth. One that
 * continues another comes at that bandwidth as a whole, beside the other's last copies, but is
 * handed over too: its reads begin when those of the other have ended.
 */
public final class FetchTiming implements FlashTiming {
  private final FlashTiming device;
  private final double handOver;
  private final double handOverPerLane;
  private final double lanes;
  private final double copySecondsPerByte;
  private final double streamLanes;
  private final double processorPerRead;
  private final double processorPerByte;

  /**
   * @param flash whose numbers of the host are added
   * @param device how long its reads take
   * @param idle whether the processor does nothing beside a fetch
   */
  public FetchTiming(Flash flash, FlashTiming device, boolean idle) {
    this.device = device;
    this.handOver = idle ? 0 : flash.getHandOver().getValue();
    this.handOverPerLane = flash.getHandOverPerLane().getValue();
    this.lanes = ReadsInFlight.of(flash);
    this.processorPerRead = flash.getProcessorPerRead().getValue();
    this.processorPerByte = flash.getProcessorPerByte().getValue();
    this.streamLanes = ReadsInFlight.ofStream(flash);
    this.copySecondsPerByte =
        flash.hasCopyBandwidth() ? 1 / flash.getCopyBandwidth().getValue() : 0;
  }

  /** How long the reads take by themselves. */
  public FlashTiming device() {
    return device;
  }

  /**
   * The seconds by which reads hold up arithmetic that goes on beside all of them.
   *
   * @param bytes of all reads
   */
  public double processorSeconds(double requests, double bytes) {
    return requests * processorPerRead + bytes * processorPerByte;
  }

  @Override
  public double bytesRead(double bytes) {
    return device.bytesRead(bytes);
  }

  @Override
  public double requestsSeconds(double requests, double bytes, double span) {
    return device.requestsSeconds(requests, bytes, span)
        + handOver(requests, lanes)
        + requests * device.bytesRead(bytes) * copySecondsPerByte;
  }

  @Override
  public double streamRequests(double bytes) {
    return device.streamRequests(bytes);
  }

  @Override
  public double streamSeconds(double bytes, double requests, boolean continued) {
    double alone = device.streamSeconds(bytes, requests, continued);
    if (continued || copySecondsPerByte == 0) {
      return handOver(requests, streamLanes) + alone;
    }
    double first = Math.min(requests, streamLanes);
    double each = device.bytesRead(bytes) / requests;
    double copied = device.requestsSeconds(first, each) + first * each * copySecondsPerByte;
    double rest = alone - device.streamSeconds(first * each, first, false);
    return handOver(requests, streamLanes) + copied + rest;
  }

  private double handOver(double requests, double most) {
    return handOver + (Math.min(requests, most) - 1) * handOverPerLane;
  }
}
