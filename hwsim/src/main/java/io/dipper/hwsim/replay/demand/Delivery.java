package io.dipper.hwsim.replay.demand;

/** How the missed units of a layer's group are read. */
public enum Delivery {
  /** Runs of adjacent units, all used together. */
  IN_RUNS,
  /** Unit by unit, each of use as soon as it has come, as an expert is. */
  ONE_BY_ONE,
  /** The pages of them, as the replay counted them, all used together. */
  IN_PAGES,
  /** Page by page, as the processor touches them, through the operating system's cache. */
  BY_FAULTS
}
