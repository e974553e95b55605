package io.dipper.hwsim.machine;

import io.dipper.config.Digits;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.hwsim.profile.fit.Quantities;
import io.dipper.hwsim.time.engine.MappedScan;
import io.dipper.proto.Flash;
import io.dipper.proto.PageCache;
import java.util.Map;
import java.util.Optional;

/** How the system reads mapped files, of what was measured of a machine. */
final class PageCacheProfile {
  /** Linux's, where no device says another. */
  private static final int READ_AHEAD = 128 << 10;

  private PageCacheProfile() {}

  /**
   * A Flash with its page cache; as it is where no faults were measured.
   *
   * @param cores that may fault at once
   */
  static Flash with(Flash flash, Map<Measured, Spread> values, int cores) {
    Optional<Found> fault = only(Kind.FAULT, values);
    Optional<Found> scan = only(Kind.SCAN, values);
    Optional<Found> hit = only(Kind.HIT, values);
    if (fault.isEmpty() || scan.isEmpty() || hit.isEmpty()) {
      return flash;
    }
    PageCache.Builder cache =
        PageCache.newBuilder()
            .setPageSize(Quantities.measured(PageFaults.PAGE, "what a fault reads"))
            .setFault(Quantities.measured(fault.get().median(), fault.get().source(Dimension.TIME)))
            .setFaultThreads(Quantities.measured(cores, "the cores"))
            .setHit(Quantities.measured(hit.get().median(), hit.get().source(Dimension.TIME)));
    Optional<Found> ahead = only(Kind.READ_AHEAD, values);
    cache.setReadAhead(
        ahead.isPresent()
            ? Quantities.measured(ahead.get().median(), "what the system says of the disk")
            : Quantities.assumed(READ_AHEAD, "Linux's default"));
    return flash.toBuilder().setPageCache(scanned(flash, cache, scan.get())).build();
  }

  /** Something that was measured. */
  private record Found(Measured what, Spread spread) {
    double median() {
      return spread.median();
    }

    String source(Dimension dimension) {
      return Measured.source(what.text(), spread, dimension);
    }
  }

  private static Optional<Found> only(Kind kind, Map<Measured, Spread> values) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .map(entry -> new Found(entry.getKey(), entry.getValue()))
        .findFirst();
  }

  /** With the way of reading ahead whose scan is the smaller factor away from the measured one. */
  private static PageCache scanned(Flash flash, PageCache.Builder cache, Found scan) {
    double with = scan(flash, cache.setAsynchronous(true), scan.what.size());
    double without = scan(flash, cache.setAsynchronous(false), scan.what.size());
    cache
        .getReadAheadBuilder()
        .setSource(
            cache.getReadAhead().getSource()
                + "; "
                + bandwidth(scan.median())
                + " in "
                + scan.source(Dimension.BANDWIDTH)
                + ", beside "
                + bandwidth(with)
                + " with asynchronous reads and "
                + bandwidth(without)
                + " without");
    return cache
        .setAsynchronous(factor(with, scan.median()) < factor(without, scan.median()))
        .build();
  }

  private static double scan(Flash flash, PageCache.Builder cache, double bytes) {
    return MappedScan.bandwidth(flash.toBuilder().setPageCache(cache).build(), bytes);
  }

  private static double factor(double one, double other) {
    return Math.max(one, other) / Math.min(one, other);
  }

  private static String bandwidth(double value) {
    return Units.print(Digits.four(value), Dimension.BANDWIDTH);
  }
}
