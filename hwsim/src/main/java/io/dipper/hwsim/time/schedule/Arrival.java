package io.dipper.hwsim.time.schedule;

/**
 * How the missed units of a step come.
 *
 * @param oneByOne whether each is of use as soon as it has come, as an expert is, so that in a
 *     pipeline it is computed while others are still read; otherwise all are used together
 * @param admitted whether the host takes each into a cache, at a cost by its bytes
 */
public record Arrival(boolean oneByOne, boolean admitted) {
  /** Units that are used together, and whose caches cost the host nothing. */
  public static final Arrival TOGETHER = new Arrival(false, false);
}
