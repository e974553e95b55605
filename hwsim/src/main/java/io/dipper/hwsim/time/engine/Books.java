package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.schedule.StepWork;

/** What a run adds up: where time went, and the bytes and FLOP that its {@link Laws} are about. */
final class Books {
  private final Clock clock;
  private final Reporter reporter;
  private final Ledger ledger = new Ledger();
  private double sincePs;
  private double elapsedPs;
  private double processorPs;
  private double flops;
  private double operandBytes;
  private double vramBytes;
  private double missedBytes;
  private long passes;

  Books(Clock clock, Reporter reporter) {
    this.clock = clock;
    this.reporter = reporter;
  }

  /** The clock begins anew. */
  void restart() {
    sincePs = 0;
  }

  /**
   * A step begins.
   *
   * @param arithmeticSeconds how long it computes
   * @param missed the bytes that Flash has to read for it, at least
   */
  void enter(StepWork work, double arithmeticSeconds, double missed) {
    flops += work.flops();
    processorPs += Clock.picoseconds(arithmeticSeconds);
    missedBytes += missed;
    operandBytes += work.cachedBytes() + work.missedBytes();
    vramBytes += work.vramBytes();
  }

  /** Enters the time since the last entry, when something else began. */
  void spent(int row, int step, Activity activity) {
    double now = clock.nowPs();
    if (now < sincePs) {
      throw new IllegalStateException("the clock went back");
    }
    if (now > sincePs) {
      ledger.add(activity, now - sincePs);
      reporter.spent(row, step, activity, sincePs);
    }
    sincePs = now;
  }

  /** The processor is busy with something else than arithmetic. */
  void busy(double ps) {
    processorPs += ps;
  }

  /** A pass ends now. */
  void passed() {
    elapsedPs += clock.nowPs();
    passes++;
  }

  Ledger ledger() {
    return ledger;
  }

  double elapsedPs() {
    return elapsedPs;
  }

  double processorPs() {
    return processorPs;
  }

  double flops() {
    return flops;
  }

  /** The bytes of all operands, whichever memory they are read from. */
  double operandBytes() {
    return operandBytes;
  }

  /** Those of them that are read from VRAM. */
  double vramBytes() {
    return vramBytes;
  }

  /** The bytes that Flash had to read, at least. */
  double missedBytes() {
    return missedBytes;
  }

  long passes() {
    return passes;
  }

  /** How busy the components were, from the first pass to the last. */
  Utilisation utilisation(double flashPs, double portPs) {
    return new Utilisation(share(flashPs), share(portPs), share(processorPs));
  }

  /** Of the elapsed time; the clock's rounding must not make it more than all. */
  private double share(double busyPs) {
    return Math.min(1, busyPs / elapsedPs);
  }
}
