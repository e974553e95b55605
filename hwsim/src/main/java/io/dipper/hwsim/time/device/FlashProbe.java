package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import java.util.function.DoubleSupplier;

/**
 * What a benchmark measures on a Flash device, read by read ({@link FlashQueue}).
 *
 * @param bytesPerSecond the throughput, of the bytes that were asked for
 * @param requestsPerSecond the reads per second
 * @param waitSeconds the mean time from a read's submission to the moment the device began it
 * @param latencies from submission to end
 */
public record FlashProbe(
    double bytesPerSecond, double requestsPerSecond, double waitSeconds, Latencies latencies) {

  /**
   * Runs the device from cold under a load.
   *
   * @throws io.dipper.error.UserException if the device's table does not tell of such reads, or the
   *     run would last longer than the clock
   */
  public static FlashProbe of(Flash flash, ProbeLoad load) {
    DoubleSupplier factors = () -> 1;
    if (flash.hasLatencyTail()) {
      double service = new AffineFlash(flash).serviceSeconds(1, load.readBytes());
      factors = LatencyTail.of(flash, load.seed() + 1).factors(service);
    }
    return new ProbeRun(flash, load, factors, RandomStreams.of(load.seed())).run();
  }
}
