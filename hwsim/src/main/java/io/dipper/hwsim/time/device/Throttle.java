package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;

/**
 * How hot a Flash device is: after {@code throttle_after} seconds of reading since the run began it
 * transfers at most {@code throttled_bandwidth}. Only reading warms it and nothing cools it: idle
 * time leaves it as hot as it is. Not safe for use by many threads.
 */
public final class Throttle {
  private final double afterSeconds;
  private final double bandwidth;
  private double readSeconds;

  /** The throttle of a cold device; one that never throttles where the profile has none. */
  public Throttle(Flash flash) {
    boolean throttles = flash.hasThrottledBandwidth();
    afterSeconds = throttles ? flash.getThrottleAfter().getValue() : Double.POSITIVE_INFINITY;
    bandwidth = throttles ? flash.getThrottledBandwidth().getValue() : Double.POSITIVE_INFINITY;
  }

  /**
   * How long a read lasts that begins now: what of it comes after the device has become hot takes
   * at least its bytes / throttled_bandwidth.
   *
   * @param bytes of the whole read, which comes at an even pace
   * @param coldSeconds how long it lasts on a cold device
   */
  public double seconds(double bytes, double coldSeconds) {
    double cold = Math.min(coldSeconds, Math.max(0, afterSeconds - readSeconds));
    if (cold == coldSeconds) {
      return coldSeconds;
    }
    double hot = coldSeconds - cold;
    return cold + Math.max(hot, hot / coldSeconds * bytes / bandwidth);
  }

  /** The most that the device transfers now, in bytes per second; infinite while it is cold. */
  double limit() {
    return readSeconds >= afterSeconds ? bandwidth : Double.POSITIVE_INFINITY;
  }

  /** The device has read for so long. */
  public void read(double seconds) {
    readSeconds += seconds;
  }
}
