package io.dipper.hwsim.engine;

import io.dipper.hwsim.device.FlashTiming;

/**
 * What one step fetches from Flash: static weights or all misses of a full mask as a stream, the
 * misses of other masks run by run, or, where that is sooner, the group's matrices whole. Reused
 * from step to step.
 *
 * <p>A run of adjacent missed units is one request per place it lies in, and all runs of a step are
 * taken to be as long as their mean. Beside requests of the runs' own lengths there are as many,
 * and they ask for as many bytes; the bytes read differ by less than a page per request, because
 * each is rounded up to whole pages.
 */
final class Fetch {
  private final FlashTiming flash;
  private boolean stream;
  private double streamBytes;
  private double requestsSeconds;
  double bytes;
  double requests;

  Fetch(FlashTiming flash) {
    this.flash = flash;
  }

  /**
   * Fills in a step; returns whether it fetches anything.
   *
   * @param missed units
   * @param runs of adjacent units that they form
   */
  boolean load(Step step, int missed, int runs) {
    UnitCosts units = step.units();
    if (step.isKnownAhead()) {
      loadStream(step.isMasked() ? missed * units.bytes() : step.streamedBytes(), units);
    } else if (missed > 0) {
      loadRuns(units, missed, runs);
    } else {
      bytes = 0;
    }
    return bytes > 0;
  }

  private void loadRuns(UnitCosts units, int missed, int runs) {
    double whole = units.count() * units.bytes();
    double runBytes = missed * units.requests().bytesEach() / runs;
    stream = false;
    requests = (double) runs * units.requests().perUnit();
    requestsSeconds = flash.requestsSeconds(requests, runBytes);
    bytes = requests * flash.bytesRead(runBytes);
    if (flash.streamSeconds(whole, false) < requestsSeconds) {
      loadStream(whole, units);
    }
  }

  private void loadStream(double size, UnitCosts units) {
    stream = true;
    streamBytes = size;
    bytes = flash.bytesRead(size);
    requests = units.requests().perUnit();
  }

  /** How long it takes on a device with nothing else to do. */
  double seconds(boolean continued) {
    return stream ? flash.streamSeconds(streamBytes, continued) : requestsSeconds;
  }
}
