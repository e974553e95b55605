package io.dipper.hwsim.replay.expert;

/**
 * Sums over steps and layers.
 *
 * @param lookups distinct experts that steps looked up in layers
 * @param hits of them that were cached
 * @param missedBytes of the experts that were not, and of columns inside others
 * @param dropped experts that the policy left out
 */
public record ExpertTotals(long lookups, long hits, long missedBytes, long dropped) {
  static final ExpertTotals NONE = new ExpertTotals(0, 0, 0, 0);

  public long misses() {
    return lookups - hits;
  }

  ExpertTotals plus(ExpertTotals other) {
    return new ExpertTotals(
        lookups + other.lookups,
        hits + other.hits,
        missedBytes + other.missedBytes,
        dropped + other.dropped);
  }
}
