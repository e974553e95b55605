package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import it.unimi.dsi.fastutil.longs.LongHeapPriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A cache that a missed unit enters only where it is worth more than what it displaces.
 *
 * <p>Batch rule of one token: victims come only from the cached units that it did not select. While
 * there is room, the missed units of highest rank enter; then the highest of those that are left is
 * held against the lowest that may go, and takes its place if its rank is greater, until it is not.
 * Ties go to the lowest index. A unit's rank is the value by which the policy parts with units, or
 * how often it was selected, where the policy orders units by when they came.
 */
final class BypassCache extends EvictingCache {
  private static final long INDEX = 0xffff_ffffL;

  private final @Nullable UseCounts uses;
  private final LongHeapPriorityQueue idle;
  private final LongHeapPriorityQueue missed;

  /**
   * @param byUses whether units are ranked by how often they were selected, and not by the policy's
   *     values
   */
  BypassCache(CacheContext context, Eviction eviction, boolean byUses) {
    super(context.units(), context.capacity(), eviction);
    this.uses = byUses ? new UseCounts(context.units()) : null;
    this.idle = new LongHeapPriorityQueue(context.units());
    this.missed = new LongHeapPriorityQueue(context.units());
  }

  @Override
  public int @Nullable [] useCounts() {
    return uses == null ? super.useCounts() : uses.counts();
  }

  @Override
  public void reset() {
    super.reset();
    if (uses != null) {
      uses.clear();
    }
  }

  @Override
  public void update(UnitSet mask, float[] scores) {
    eviction.observe(mask, cached);
    if (uses != null) {
      uses.add(mask);
    }
    int[] ranks = uses == null ? eviction.values() : uses.counts();
    int free = capacity - cached.cardinality();
    sortOut(mask, ranks, eviction.values());
    while (!missed.isEmpty()) {
      int unit = unit(missed.dequeueLong());
      if (free > 0) {
        free--;
      } else if (idle.isEmpty() || ranks[unit] <= ranks[unit(idle.firstLong())]) {
        break;
      } else {
        cached.remove(unit(idle.dequeueLong()));
      }
      cached.add(unit);
    }
  }

  /** Cached units that may go, the first to go first; missed ones, the highest rank first. */
  private void sortOut(UnitSet mask, int[] ranks, int[] values) {
    idle.clear();
    missed.clear();
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      if (!cached.contains(unit)) {
        missed.enqueue((long) (Integer.MAX_VALUE - ranks[unit]) << 32 | unit);
      }
    }
    for (int unit = cached.next(0); unit >= 0; unit = cached.next(unit + 1)) {
      if (!mask.contains(unit)) {
        idle.enqueue((long) values[unit] << 32 | unit);
      }
    }
  }

  private static int unit(long key) {
    return (int) (key & INDEX);
  }
}
