package io.dipper.hwsim.replay.select;

/** One token's activations at a site, as a selector sees them. */
public interface SignalRow {
  /** The signed values, one per unit of the site; not to be changed. */
  float[] values();
}
