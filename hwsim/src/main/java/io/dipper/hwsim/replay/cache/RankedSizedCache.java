package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import it.unimi.dsi.fastutil.longs.LongHeapIndirectPriorityQueue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of units in a budget of bytes whose policy gives each of them a value: those with the
 * least go first, ties by the older last use.
 *
 * <p>Units that may go wait in a heap, so that a batch costs the logarithm of their number for each
 * unit that it touches or evicts. A policy's values may change for the units of the batch alone.
 */
final class RankedSizedCache implements SizedCache {
  private final ByteBudget budget;
  private final Eviction eviction;
  private final boolean batchMayGo;
  private final UnitSet cached;
  private final UnitEviction uses;
  private final long[] keys;
  private final LongHeapIndirectPriorityQueue idle;
  private int clock;
  private long held;

  /**
   * @param batchMayGo whether the units of a batch may be evicted by its end, too
   */
  RankedSizedCache(ByteBudget budget, Eviction eviction, boolean batchMayGo) {
    int units = budget.unitBytes().length;
    this.budget = budget;
    this.eviction = eviction;
    this.batchMayGo = batchMayGo;
    this.cached = new UnitSet(units);
    this.uses = UnitEviction.of(eviction, cached);
    this.keys = new long[units];
    this.idle = new LongHeapIndirectPriorityQueue(keys, units);
  }

  @Override
  public int capacity() {
    return budget.meanUnits();
  }

  @Override
  public UnitSet cached() {
    return cached;
  }

  @Override
  public int @Nullable [] useCounts() {
    return eviction.useCounts();
  }

  @Override
  public long heldBytes() {
    return held;
  }

  @Override
  public void reset() {
    cached.clear();
    idle.clear();
    Arrays.fill(keys, 0);
    held = 0;
    clock = 0;
    eviction.begin(true);
  }

  @Override
  public void carry() {
    eviction.begin(false);
    for (int unit = cached.next(0); unit >= 0; unit = cached.next(unit + 1)) {
      keys[unit] = key(unit, (int) keys[unit]);
      idle.changed(unit);
    }
  }

  @Override
  public void update(int[] batch, int count) {
    for (int i = 0; i < count; i++) {
      touch(batch[i]);
    }
    if (batchMayGo) {
      release(batch, count);
    }
    while (held > budget.bytes() && !idle.isEmpty()) {
      int victim = idle.dequeue();
      cached.remove(victim);
      held -= budget.unitBytes()[victim];
    }
    if (!batchMayGo) {
      release(batch, count);
    }
  }

  /** One use: the unit is cached afterwards, and may not go. */
  private void touch(int unit) {
    boolean present = cached.contains(unit);
    uses.observe(unit, present);
    if (present) {
      idle.remove(unit);
    } else {
      cached.add(unit);
      held += budget.unitBytes()[unit];
    }
    keys[unit] = ++clock;
  }

  /** The batch is over: its units may go. */
  private void release(int[] batch, int count) {
    for (int i = 0; i < count; i++) {
      int unit = batch[i];
      keys[unit] = key(unit, (int) keys[unit]);
      idle.enqueue(unit);
    }
  }

  private long key(int unit, int lastUse) {
    return (long) eviction.values()[unit] << Integer.SIZE | lastUse;
  }
}
