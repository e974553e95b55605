package io.dipper.hwsim.time.device;

/**
 * A Flash device that becomes slower as it becomes hot: reads take as long as on the cold device,
 * and what follows the moment of throttling at least its bytes over the throttled bandwidth. The
 * answers change as the {@link Throttle} hears of reads.
 */
public final class ThrottledFlash implements FlashTiming {
  private final FlashTiming cold;
  private final Throttle throttle;

  public ThrottledFlash(FlashTiming cold, Throttle throttle) {
    this.cold = cold;
    this.throttle = throttle;
  }

  @Override
  public double bytesRead(double bytes) {
    return cold.bytesRead(bytes);
  }

  @Override
  public double requestsSeconds(double requests, double bytes, double span) {
    return throttle.seconds(
        requests * cold.bytesRead(bytes), cold.requestsSeconds(requests, bytes, span));
  }

  @Override
  public double streamRequests(double bytes) {
    return cold.streamRequests(bytes);
  }

  @Override
  public double streamSeconds(double bytes, double requests, boolean continued) {
    return throttle.seconds(cold.bytesRead(bytes), cold.streamSeconds(bytes, requests, continued));
  }
}
