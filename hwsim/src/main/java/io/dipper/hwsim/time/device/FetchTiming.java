package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;

/**
 * Reads of a device as a step fetches them: they are handed to threads and awaited, which takes a
 * time of its own, and what was read is copied to its place. Copies take time from the reads that
 * come into the same memory, so that m reads of s bytes take {@code hand_over + m s /
 * copy_bandwidth} longer than the device does. The bandwidth of streams has their copies in it: of
 * n reads of which k are in flight the first k take as long as reads that are copied, and what
 * follows comes at that bandwidth. One that continues another comes at that bandwidth as a whole,
 * beside the other's last copies, but is handed over too: its reads begin when those of the other
 * have ended. A processor that has nothing else to do makes a single read itself and hands it to
 * nobody.
 */
public final class FetchTiming implements FlashTiming {
  private final FlashTiming device;
  private final double handOver;
  private final double copySecondsPerByte;
  private final double streamLanes;
  private final boolean idle;

  /**
   * @param flash whose numbers of the host are added
   * @param device how long its reads take
   * @param idle whether the processor does nothing beside a fetch
   */
  public FetchTiming(Flash flash, FlashTiming device, boolean idle) {
    this.idle = idle;
    this.device = device;
    this.handOver = flash.getHandOver().getValue();
    this.streamLanes = ReadsInFlight.ofStream(flash);
    this.copySecondsPerByte =
        flash.hasCopyBandwidth() ? 1 / flash.getCopyBandwidth().getValue() : 0;
  }

  /** How long the reads take by themselves. */
  public FlashTiming device() {
    return device;
  }

  @Override
  public double bytesRead(double bytes) {
    return device.bytesRead(bytes);
  }

  @Override
  public double requestsSeconds(double requests, double bytes, double span) {
    return device.requestsSeconds(requests, bytes, span)
        + handOver(requests)
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
      return handOver(requests) + alone;
    }
    double first = Math.min(requests, streamLanes);
    double each = device.bytesRead(bytes) / requests;
    double copied = device.requestsSeconds(first, each) + first * each * copySecondsPerByte;
    double rest = alone - device.streamSeconds(first * each, first, false);
    return handOver(requests) + copied + rest;
  }

  private double handOver(double requests) {
    return idle && requests <= 1 ? 0 : handOver;
  }
}
