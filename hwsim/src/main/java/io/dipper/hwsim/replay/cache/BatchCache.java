package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * A cache with the batch semantics of one token at a time: admission is forced, and victims come
 * only from the cached units that the token did not select.
 *
 * <p>With OA = mask ∧ cached, OI = cached \ mask and NA = mask \ cached, {@code min(|OI|, |mask| +
 * |OI| - C)} of OI are evicted; then all of the mask is cached if it fits, else OA and as many of
 * NA as there is room for, which the overflow rule chooses.
 */
final class BatchCache extends EvictingCache {
  private final OverflowRule overflow;
  private final UnitValues values = UnitValues.create();
  private final UnitSet idle;
  private final UnitSet missed;

  BatchCache(int units, int capacity, Eviction eviction, OverflowRule overflow) {
    super(units, capacity, eviction);
    this.overflow = overflow;
    this.idle = new UnitSet(units);
    this.missed = new UnitSet(units);
  }

  @Override
  public void update(UnitSet mask, float[] scores) {
    eviction.observe(mask, cached);
    int selected = mask.cardinality();
    int idleUnits = setToDifference(idle, cached, mask);
    int evicted = Math.min(idleUnits, selected + idleUnits - capacity);
    if (evicted == idleUnits) {
      idle.clear();
    } else if (evicted > 0) {
      values.removeLeast(evicted, eviction.values(), idle);
    }
    if (selected <= capacity) {
      setToUnion(mask, idle);
    } else {
      admitPart(mask, scores);
    }
    checkCapacity();
  }

  /** The mask is larger than the cache: what is left of the cache is OA, to be filled up. */
  private void admitPart(UnitSet mask, float[] scores) {
    int missing = setToDifference(missed, mask, cached);
    int stay = mask.cardinality() - missing;
    overflow.keep(capacity - stay, missed, scores);
    for (int w = 0; w < cached.words().length; w++) {
      cached.words()[w] = (cached.words()[w] & mask.words()[w]) | missed.words()[w];
    }
  }

  private void setToUnion(UnitSet a, UnitSet b) {
    for (int w = 0; w < cached.words().length; w++) {
      cached.words()[w] = a.words()[w] | b.words()[w];
    }
  }

  private static int setToDifference(UnitSet out, UnitSet from, UnitSet without) {
    int size = 0;
    for (int w = 0; w < out.words().length; w++) {
      long word = from.words()[w] & ~without.words()[w];
      out.words()[w] = word;
      size += Long.bitCount(word);
    }
    return size;
  }

  private void checkCapacity() {
    int size = cached.cardinality();
    if (size > capacity) {
      throw new IllegalStateException(size + " units in a cache of " + capacity);
    }
  }
}
