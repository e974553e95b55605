package io.dipper.hwsim.engine;

import io.dipper.hwsim.device.FlashTiming;

/** What one step fetches from Flash. Reused from step to step. */
final class Fetch {
  private final FlashTiming flash;
  private boolean stream;
  private double streamBytes;
  private double requestBytes;
  double bytes;
  double requests;

  Fetch(FlashTiming flash) {
    this.flash = flash;
  }

  /** Fills in a step; returns whether it fetches anything. */
  boolean load(Step step, int missed) {
    UnitCosts units = step.units();
    stream = step.isKnownAhead();
    if (stream) {
      streamBytes = step.isMasked() ? missed * units.bytes() : step.streamedBytes();
      bytes = flash.bytesRead(streamBytes);
      requests = units.requests().perUnit();
    } else {
      requestBytes = units.requests().bytesEach();
      requests = (double) missed * units.requests().perUnit();
      bytes = requests * flash.bytesRead(requestBytes);
    }
    return bytes > 0;
  }

  /** How long it takes on a device with nothing else to do. */
  double seconds(boolean continued) {
    return stream
        ? flash.streamSeconds(streamBytes, continued)
        : flash.requestsSeconds(requests, requestBytes);
  }
}
