package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.proto.Flash;
import io.dipper.proto.PageCache;

/**
 * How fast one thread goes through a mapped file of which nothing is in memory, as a point with the
 * page cache has it: each window faults, or with asynchronous reads the first one alone, and every
 * page is used once.
 */
public final class MappedScan {
  private MappedScan() {}

  /**
   * Bytes per second.
   *
   * @param flash with a page cache
   * @param bytes of the file
   */
  public static double bandwidth(Flash flash, double bytes) {
    PageCache cache = flash.getPageCache().toBuilder().clearFaultThreads().build();
    Paging paging = Paging.of(cache);
    double window = Math.min(bytes, paging.windowBytes());
    double windows = Math.ceil(bytes / window);
    double faults = cache.getAsynchronous() ? 1 : windows;
    double reads = paging.seconds(FlashTiming.of(flash), faults, windows - faults, window);
    return windows * window / (reads + paging.hitsSeconds(windows * window / paging.pageBytes()));
  }
}
