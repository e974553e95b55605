package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * A cache of units that share a budget of bytes, updated once per batch: the units that are looked
 * up together, in an order.
 *
 * <p>Batch rule, as engines that stream experts have it: all misses are admitted; when the batch is
 * over, units that it did not touch are evicted until the budget holds. What a batch touches stays,
 * so that a batch larger than the budget is kept whole.
 */
public interface SizedCache extends UnitCache {
  /**
   * Plays a batch, after its hits and misses were counted.
   *
   * @param batch distinct units, in the order of their last use in it
   * @param count how many of them there are, from the start of the array
   */
  void update(int[] batch, int count);

  /** The bytes of all cached units. */
  long heldBytes();

  /** Plays a batch whose order is that of the indices. */
  @Override
  default void update(UnitSet mask, float[] scores) {
    int[] batch = new int[mask.cardinality()];
    int count = 0;
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      batch[count++] = unit;
    }
    update(batch, count);
  }
}
