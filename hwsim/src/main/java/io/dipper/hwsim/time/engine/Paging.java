package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.device.LatencyTail;
import io.dipper.hwsim.time.device.MeasuredRange;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.PageCache;
import java.util.function.DoubleUnaryOperator;

/**
 * What reading through the operating system's page cache costs. A thread that faults waits for its
 * read, so that with k threads n faults of s bytes each take {@code floor(n / k)} rounds of {@code
 * fault + t(k, s)}, t being the device's time for k reads at once, and one of the rest.
 *
 * <p>With a reads that are begun ahead of use, {@code d = k + min(k, ceil(k a / n))} reads are in
 * flight, and all take {@code floor((n + a) / d)} rounds of {@code t(d, s)} and one of the rest,
 * after {@code ceil(n / k)} times {@code fault}. Threads take uses of pages that are there by
 * turns: h of them take {@code ceil(h / k)} times {@code hit}.
 *
 * @param pageBytes the size of a page
 * @param windowBytes of whole pages that a fault reads where all of them are absent
 * @param faultSeconds on the host, for each fault
 * @param threads that may fault at once
 * @param hitSeconds on the host, for each use of a page that is there
 */
record Paging(
    double pageBytes, double windowBytes, double faultSeconds, double threads, double hitSeconds) {
  static Paging of(PageCache cache) {
    double page = ModelBytes.pageBytes(cache);
    return new Paging(
        page,
        Math.max(page, Math.floor(cache.getReadAhead().getValue() / page) * page),
        cache.getFault().getValue(),
        cache.hasFaultThreads() ? cache.getFaultThreads().getValue() : 1,
        cache.getHit().getValue());
  }

  /**
   * How long a step's reads take.
   *
   * @param ahead those that are begun ahead of use
   */
  double seconds(FlashTiming flash, double faults, double ahead, double bytes) {
    if (ahead == 0) {
      return rounds(faults, threads, reads -> faultSeconds + seconds(flash, reads, bytes));
    }
    double depth = depth(faults, ahead);
    return faultSeconds * Math.ceil(faults / threads)
        + rounds(faults + ahead, depth, reads -> seconds(flash, reads, bytes));
  }

  /** What using pages that are there takes. */
  double hitsSeconds(double hits) {
    return hitSeconds * Math.ceil(hits / threads);
  }

  /** How much longer a step's reads of so many bytes take with those that are slow. */
  double slowSeconds(LatencyTail tail, double faults, double ahead, double bytes) {
    double depth = ahead == 0 ? threads : depth(faults, ahead);
    double full = Math.floor((faults + ahead) / depth);
    double rest = faults + ahead - full * depth;
    return tail.secondsOfRounds(full, depth, bytes)
        + (rest > 0 ? tail.secondsOfRounds(1, rest, bytes) : 0);
  }

  /** The bytes of a step's reads that lie outside what the device was measured for. */
  double unmeasuredBytes(MeasuredRange range, double faults, double ahead, double bytes) {
    double depth = ahead == 0 ? threads : depth(faults, ahead);
    return rounds(
        faults + ahead, depth, reads -> range.outside(reads, bytes, Double.POSITIVE_INFINITY));
  }

  /** How many reads are in flight. */
  private double depth(double faults, double ahead) {
    double beside = faults == 0 ? threads : Math.ceil(threads * ahead / faults);
    return threads + Math.min(threads, beside);
  }

  /** The sum over full rounds of so many reads at once, and one of the rest. */
  private static double rounds(double reads, double atOnce, DoubleUnaryOperator round) {
    double full = Math.floor(reads / atOnce);
    double rest = reads - full * atOnce;
    return (full > 0 ? full * round.applyAsDouble(atOnce) : 0)
        + (rest > 0 ? round.applyAsDouble(rest) : 0);
  }

  private static double seconds(FlashTiming flash, double reads, double bytes) {
    return flash.requestsSeconds(reads, bytes, Double.POSITIVE_INFINITY);
  }
}
