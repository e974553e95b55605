package io.dipper.hwsim.replay.cache;

/**
 * A budget that units of unequal size share.
 *
 * @param bytes that all cached units may take
 * @param unitBytes the bytes of each unit, all positive
 */
public record ByteBudget(long bytes, long[] unitBytes) {
  public ByteBudget {
    unitBytes = unitBytes.clone();
    for (long size : unitBytes) {
      if (size <= 0) {
        throw new IllegalArgumentException("a unit of " + size + " bytes");
      }
    }
  }

  /** How many units of the mean size fit; at least one. */
  int meanUnits() {
    double sum = 0;
    for (long size : unitBytes) {
      sum += size;
    }
    return (int) Math.max(1, Math.min(unitBytes.length, bytes * unitBytes.length / sum));
  }
}
