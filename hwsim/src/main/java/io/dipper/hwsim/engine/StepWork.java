package io.dipper.hwsim.engine;

/**
 * The work of a step of one pass, now that it is known which units are selected and cached. Reused
 * from step to step.
 */
final class StepWork {
  private final PassShape pass;
  double cachedBytes;
  double cachedFlops;
  double missedBytes;
  double missedFlops;

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
    double attended = positions * pass.attendedShare();
    cachedFlops =
        pass.tokens() * (step.flops() + attended * step.flopsPerPosition() + hits * units.flops());
    missedFlops = pass.tokens() * (missed * units.flops());
  }
}
