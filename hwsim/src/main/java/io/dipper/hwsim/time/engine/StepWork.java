package io.dipper.hwsim.time.engine;

/**
 * The work of a step of one pass, now that it is known which units are selected and cached: bytes
 * read from DRAM and seconds of arithmetic on them, and all FLOP. Reused from step to step.
 */
final class StepWork {
  private final PassShape pass;
  double cachedBytes;
  double cachedSeconds;
  double missedBytes;
  double missedSeconds;
  double flops;

  StepWork(PassShape pass) {
    this.pass = pass;
  }

  /**
   * Fills in a step.
   *
   * @param positions the length of the KV cache
   */
  void load(Step step, int selected, int hits, double positions) {
    int missed = selected - hits;
    UnitCosts units = step.units();
    cachedBytes = step.staticBytes(positions) + hits * units.bytes();
    missedBytes = pass.missedAreRead() ? missed * units.bytes() : 0;
    double attended = pass.attended(positions, step.kv().window());
    double kvFlops = pass.tokens() * attended * step.kv().flops();
    double cachedFlops = pass.tokens() * (step.flops() + hits * units.flops());
    double missedFlops = pass.tokens() * (missed * units.flops());
    flops = kvFlops + cachedFlops + missedFlops;
    cachedSeconds =
        kvFlops * step.rates().secondsPerKvFlop() + cachedFlops * step.rates().secondsPerFlop();
    missedSeconds = missedFlops * step.rates().secondsPerFlop();
  }
}
