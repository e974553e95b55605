package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;

/**
 * Reads of a device as a step fetches them: they are handed to threads and awaited, which takes a
 * time of its own, and each lane copies what it has read to its place before it reads again. Copies
 * of lanes go side by side, so that m reads of s bytes on l lanes take {@code hand_over + ceil(m /
 * l) s / copy_bandwidth} longer than the device does. Of a stream all reads but the last are copied
 * while others are made, and one that continues another waits for neither. A processor that has
 * nothing else to do makes a single read itself and hands it to nobody.
 */
public final class FetchTiming implements FlashTiming {
  private final FlashTiming device;
  private final double handOver;
  private final double copySecondsPerByte;
  private final double lanes;
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
    this.copySecondsPerByte =
        flash.hasCopyBandwidth() ? 1 / flash.getCopyBandwidth().getValue() : 0;
    this.lanes = ReadsInFlight.of(flash);
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
        + Math.ceil(requests / lanes) * device.bytesRead(bytes) * copySecondsPerByte;
  }

  @Override
  public double streamRequests(double bytes) {
    return device.streamRequests(bytes);
  }

  @Override
  public double streamSeconds(double bytes, boolean continued) {
    double alone = device.streamSeconds(bytes, continued);
    if (continued) {
      return alone;
    }
    double requests = device.streamRequests(bytes);
    return alone + handOver(requests) + device.bytesRead(bytes) / requests * copySecondsPerByte;
  }

  private double handOver(double requests) {
    return idle && requests <= 1 ? 0 : handOver;
  }
}
