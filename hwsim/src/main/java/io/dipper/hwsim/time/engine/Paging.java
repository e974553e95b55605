package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.device.LatencyTail;
import io.dipper.hwsim.time.device.MeasuredRange;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.PageCache;

/**
 * What reading through the operating system's page cache costs. A thread that faults waits for its
 * read, so that with k threads n faults of s bytes each take {@code floor(n / k)} rounds of {@code
 * fault + t(k, s)}, t being the device's time for k reads at once, and one of the rest.
 *
 * @param pageBytes the size of a page
 * @param windowBytes of whole pages that a fault reads where all of them are absent
 * @param faultSeconds on the host, for each fault
 * @param threads that may fault at once
 */
record Paging(double pageBytes, double windowBytes, double faultSeconds, double threads) {
  static Paging of(PageCache cache) {
    double page = ModelBytes.pageBytes(cache);
    return new Paging(
        page,
        Math.max(page, Math.floor(cache.getReadAhead().getValue() / page) * page),
        cache.getFault().getValue(),
        cache.hasFaultThreads() ? cache.getFaultThreads().getValue() : 1);
  }

  double seconds(FlashTiming flash, double faults, double bytes) {
    double rounds = Math.floor(faults / threads);
    double rest = faults - rounds * threads;
    return (rounds > 0 ? rounds * round(flash, threads, bytes) : 0)
        + (rest > 0 ? round(flash, rest, bytes) : 0);
  }

  /** The bytes of faults' reads that lie outside what the device was measured for. */
  double unmeasuredBytes(MeasuredRange range, double faults, double bytes) {
    double rounds = Math.floor(faults / threads);
    double rest = faults - rounds * threads;
    double infinite = Double.POSITIVE_INFINITY;
    return (rounds > 0 ? rounds * range.outside(threads, bytes, infinite) : 0)
        + (rest > 0 ? range.outside(rest, bytes, infinite) : 0);
  }

  /** How much longer faults of so many bytes take with the reads that are slow. */
  double slowSeconds(LatencyTail tail, double faults, double bytes) {
    double rest = faults - Math.floor(faults / threads) * threads;
    return tail.secondsOfRounds(Math.floor(faults / threads), threads, bytes)
        + (rest > 0 ? tail.secondsOfRounds(1, rest, bytes) : 0);
  }

  private double round(FlashTiming flash, double reads, double bytes) {
    return faultSeconds + flash.requestsSeconds(reads, bytes, Double.POSITIVE_INFINITY);
  }
}
