package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import java.util.function.DoubleSupplier;
import umontreal.ssj.probdist.BinomialDist;
import umontreal.ssj.rng.RandomStream;

/**
 * Commands of an affine Flash that take longer than the others, each with the same probability:
 * {@code factor} times as long, and {@code delay} beside. Of m commands that are issued together
 * the number of slow ones is binomial, and the last of k slow ones lies at the {@code ceil(m
 * u^(1/k))}-th place, u being uniform; what is issued together waits for all of it. Not safe for
 * use by many threads.
 */
public final class LatencyTail {
  private final boolean absent;
  private final double share;
  private final double factor;
  private final double delay;
  private final RandomStream random;
  private final AffineFlash flash;
  private final AffineFlash stream;

  private LatencyTail(Flash profile, long seed) {
    io.dipper.proto.LatencyTail tail = profile.getLatencyTail();
    absent = !profile.hasLatencyTail();
    share = tail.getShare().getValue();
    factor = tail.hasFactor() ? tail.getFactor().getValue() : 1;
    delay = tail.getDelay().getValue();
    random = RandomStreams.of(seed);
    AffineNumbers numbers = AffineNumbers.of(profile);
    flash = new AffineFlash(numbers);
    stream = new AffineFlash(numbers.sequential());
  }

  /**
   * The tail of a device; none where its profile has none.
   *
   * @param seed of what is drawn
   */
  public static LatencyTail of(Flash profile, long seed) {
    return new LatencyTail(profile, seed);
  }

  /**
   * How long requests that are issued together take, with those that are slow.
   *
   * @param requests how many, of equal size
   * @param bytes the size of each
   * @param sequential whether they are a stream's
   * @param seconds how long they take if none is slow
   */
  public double seconds(double requests, double bytes, boolean sequential, double seconds) {
    if (absent || requests == 0) {
      return seconds;
    }
    AffineFlash device = sequential ? stream : flash;
    double commands = Math.rint(device.commands(requests, bytes));
    int slow = slow(commands, share);
    if (slow == 0) {
      return seconds;
    }
    double last = Math.ceil(commands * Math.pow(random.nextDouble(), 1.0 / slow));
    return Math.max(seconds, slowed(device, requests, bytes, new Slow(slow, last)));
  }

  /**
   * How much longer reads take that wait for one another in rounds of so many at once.
   *
   * @param bytes the size of each read
   */
  public double secondsOfRounds(double rounds, double reads, double bytes) {
    if (absent || rounds == 0) {
      return 0;
    }
    double commands = flash.commands(reads, bytes);
    double anySlow = 1 - Math.pow(1 - share, commands);
    double service = flash.serviceSeconds(reads, bytes);
    int slow = slow(rounds, anySlow);
    return slow * (slowSeconds(service) - service);
  }

  /**
   * Which commands are slow.
   *
   * @param number of them
   * @param last the place of the last of them, counted from 1
   */
  record Slow(double number, double last) {}

  /** How long requests take at least whose slow commands are known. */
  double slowed(AffineFlash device, double requests, double bytes, Slow slow) {
    return device.slowedSeconds(
        requests, bytes, slow, slowSeconds(device.serviceSeconds(requests, bytes)));
  }

  /** How much longer than another a command takes on its lane, drawn anew each time. */
  DoubleSupplier factors(double serviceSeconds) {
    return absent
        ? () -> 1
        : () -> random.nextDouble() < share ? slowSeconds(serviceSeconds) / serviceSeconds : 1;
  }

  private double slowSeconds(double serviceSeconds) {
    return factor * serviceSeconds + delay;
  }

  private int slow(double number, double probability) {
    double u = random.nextDouble();
    int all = (int) Math.rint(number);
    if (probability <= 0 || probability >= 1) {
      return probability <= 0 ? 0 : all;
    }
    return BinomialDist.inverseF(all, probability, u);
  }
}
