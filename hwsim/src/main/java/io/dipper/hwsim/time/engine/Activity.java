package io.dipper.hwsim.time.engine;

/**
 * What a moment of a token is spent on. While a step's read from Flash is under way the moment
 * counts as {@link #FLASH}, whatever else runs beside it.
 */
public enum Activity {
  /** A fetch of the present step is under way. */
  FLASH,
  /** The DRAM is read (and arithmetic keeps up with it). */
  DRAM,
  /** Arithmetic goes on after its operands have been read. */
  COMPUTE,
  /** Units are chosen. */
  SELECT,
  /** Chosen units are gathered. */
  GATHER,
  /** Caches make room for units that are missed. */
  ADMIT,
  /** Kernels are launched, layers synchronised. */
  LAUNCH,
  /**
   * Nothing that the model knows of goes on. The engine never leaves such a gap, and asserts it.
   */
  IDLE
}
