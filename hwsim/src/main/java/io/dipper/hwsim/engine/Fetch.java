package io.dipper.hwsim.engine;

import io.dipper.hwsim.device.FlashTiming;

/**
 * What one step fetches from Flash: static weights or all misses of a full mask as a stream, the
 * misses of other masks unit by unit, or, where that is sooner, the group's matrices whole. Reused
 * from step to step.
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

  /** Fills in a step; returns whether it fetches anything. */
  boolean load(Step step, int missed) {
    UnitCosts units = step.units();
    if (step.isKnownAhead()) {
      loadStream(step.isMasked() ? missed * units.bytes() : step.streamedBytes(), units);
    } else if (missed > 0) {
      loadUnits(units, missed);
    } else {
      bytes = 0;
    }
    return bytes > 0;
  }

  private void loadUnits(UnitCosts units, int missed) {
    double whole = units.count() * units.bytes();
    double unitBytes = units.requests().bytesEach();
    stream = false;
    requests = (double) missed * units.requests().perUnit();
    requestsSeconds = flash.requestsSeconds(requests, unitBytes);
    bytes = requests * flash.bytesRead(unitBytes);
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
