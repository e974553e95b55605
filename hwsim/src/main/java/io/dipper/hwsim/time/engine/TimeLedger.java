package io.dipper.hwsim.time.engine;

/**
 * Where time went: seconds by {@link Activity}, each moment in one of them. The sum is the elapsed
 * time.
 */
public record TimeLedger(
    double flash,
    double dram,
    double compute,
    double select,
    double gather,
    double launch,
    double idle) {

  /** The elapsed time. */
  public double total() {
    return flash + dram + compute + select + gather + launch + idle;
  }
}
