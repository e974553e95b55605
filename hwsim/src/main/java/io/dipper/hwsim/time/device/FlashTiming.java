package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;

/** How long a Flash device takes for reads, by a formula or a table. */
public interface FlashTiming {
  /** The timing of a profile's device while it is cold. */
  static FlashTiming of(Flash flash) {
    return flash.hasTable() ? new TableFlash(flash) : new AffineFlash(flash);
  }

  /** The bytes that a request reads: whole pages. */
  double bytesRead(double bytes);

  /**
   * The seconds from the first submission to the last byte of equal requests at random places,
   * issued together on an idle device.
   *
   * @param requests how many, at least 1
   * @param bytes the size of each
   * @param span the bytes of the region that they are drawn from; infinite: the whole device
   */
  double requestsSeconds(double requests, double bytes, double span);

  /** The seconds of requests at places all over the device. */
  default double requestsSeconds(double requests, double bytes) {
    return requestsSeconds(requests, bytes, Double.POSITIVE_INFINITY);
  }

  /**
   * The seconds of a sequential read.
   *
   * @param requests its reads: at least as many as it {@link #streamRequests goes in}, more where
   *     it lies in more places; a formula that has commands of its own leaves it aside
   * @param continued whether the read before it is just ending, so that the first latency is hidden
   *     behind it
   */
  double streamSeconds(double bytes, double requests, boolean continued);

  /** The seconds of a sequential read of one place. */
  default double streamSeconds(double bytes, boolean continued) {
    return streamSeconds(bytes, streamRequests(bytes), continued);
  }

  /** The reads in which a stream goes. */
  double streamRequests(double bytes);
}
