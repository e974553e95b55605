package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import java.util.function.DoubleSupplier;

/**
 * How hot a Flash device is: after {@code throttle_after} seconds of reading since the run began it
 * transfers at most {@code throttled_bandwidth}. Only reading warms it. A second without undoes
 * {@code cooling} seconds of reading, and a hot device that cools is no hotter than it is when it
 * becomes hot; without {@code cooling} idle time leaves it as hot as it is. Not safe for use by
 * many threads.
 */
public final class Throttle {
  private final double afterSeconds;
  private final double bandwidth;
  private final double cooling;
  private DoubleSupplier idleSeconds = () -> 0;
  private double readSeconds;

  /** The throttle of a cold device; one that never throttles where the profile has none. */
  public Throttle(Flash flash) {
    boolean throttles = flash.hasThrottledBandwidth();
    afterSeconds = throttles ? flash.getThrottleAfter().getValue() : Double.POSITIVE_INFINITY;
    bandwidth = throttles ? flash.getThrottledBandwidth().getValue() : Double.POSITIVE_INFINITY;
    cooling = throttles ? flash.getCooling().getValue() : 0;
  }

  /**
   * Tells it where to ask how long the device has been idle.
   *
   * @param seconds since it read last; 0 while it reads
   */
  void cools(DoubleSupplier seconds) {
    idleSeconds = seconds;
  }

  /**
   * How long a read lasts that begins now: what of it comes after the device has become hot takes
   * at least its bytes / throttled_bandwidth.
   *
   * @param bytes of the whole read, which comes at an even pace
   * @param coldSeconds how long it lasts on a cold device
   */
  public double seconds(double bytes, double coldSeconds) {
    double cold = Math.min(coldSeconds, Math.max(0, afterSeconds - heat()));
    if (cold == coldSeconds) {
      return coldSeconds;
    }
    double hot = coldSeconds - cold;
    return cold + Math.max(hot, hot / coldSeconds * bytes / bandwidth);
  }

  /** The most that the device transfers now, in bytes per second; infinite while it is cold. */
  double limit() {
    return heat() >= afterSeconds ? bandwidth : Double.POSITIVE_INFINITY;
  }

  /** The device has read for so long. */
  public void read(double seconds) {
    readSeconds = heat() + seconds;
  }

  /** The device has been idle for so long. */
  void rest(double seconds) {
    readSeconds = cooled(seconds);
  }

  /** The seconds of reading that idle time has not undone. */
  private double heat() {
    return cooling == 0 ? readSeconds : cooled(idleSeconds.getAsDouble());
  }

  private double cooled(double seconds) {
    return cooling == 0
        ? readSeconds
        : Math.max(0, Math.min(afterSeconds, readSeconds) - cooling * seconds);
  }
}
