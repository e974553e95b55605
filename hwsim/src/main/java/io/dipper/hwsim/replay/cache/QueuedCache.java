package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Choice;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose policy is told of one access after another, as policies of lists are defined.
 *
 * <p>Batch rule of one token: its hits are accessed first, then its misses, each in the order of
 * their indices. None of its units leaves for another of them. If there are more misses than places
 * beside the hits, the overflow rule chooses which of them are accessed; with bypass all are, and a
 * miss that finds no place is dropped unless it was selected more often than the victim. So a token
 * of one unit is an ordinary access, and tokens of many never part with what they just fetched.
 *
 * <p>Units that share a budget of bytes go by the rule of {@link SizedCache}: the batch's hits are
 * accessed first, then its misses, each in its order, and for each miss as many units leave as its
 * bytes need.
 */
public abstract class QueuedCache implements SizedCache {
  private final int capacity;
  private final UnitSet cached;
  private final UnitSet missed;
  private final UnitSet batch;
  private final @Nullable ByteBudget budget;
  private final OverflowRule overflow;
  private final @Nullable UseCounts uses;
  private UnitSet selected;
  private int size;
  private int idle;
  private long held;

  /**
   * @param parameters the admission and the overflow rule among them
   */
  protected QueuedCache(Choice parameters, CacheContext context) {
    this.capacity = context.capacity();
    this.cached = new UnitSet(context.units());
    this.missed = new UnitSet(context.units());
    this.batch = new UnitSet(context.units());
    this.budget = context.budget();
    this.selected = cached;
    this.overflow = CacheParameters.overflow(parameters, context);
    this.uses = CacheParameters.bypasses(parameters) ? new UseCounts(context.units()) : null;
  }

  /** Forgets every unit. */
  protected abstract void forget();

  /** A token begins. */
  protected abstract void begin();

  /** A cached unit is accessed. */
  protected abstract void hit(int unit);

  /** A unit that is not cached is accessed; it need not enter. */
  protected void miss(int unit) {}

  /** The unit to part with, not one of {@link #selected()}; there is one. */
  protected abstract int victim();

  /** Parts with a cached unit. */
  protected abstract void evict(int unit);

  /** Takes in the unit that missed last; there is room for it. */
  protected abstract void insert(int unit);

  /** The units of this token, none of which may leave. */
  protected final UnitSet selected() {
    return selected;
  }

  /** Whether there is no room for another unit. */
  protected final boolean isFull() {
    return size == capacity;
  }

  @Override
  public final int capacity() {
    return capacity;
  }

  @Override
  public final UnitSet cached() {
    return cached;
  }

  @Override
  public final int @Nullable [] useCounts() {
    return uses == null ? null : uses.counts();
  }

  @Override
  public final void reset() {
    cached.clear();
    size = 0;
    held = 0;
    if (uses != null) {
      uses.clear();
    }
    forget();
  }

  @Override
  public final void carry() {}

  @Override
  public final void update(UnitSet mask, float[] scores) {
    selected = mask;
    begin();
    int hits = 0;
    int misses = 0;
    for (int w = 0; w < missed.words().length; w++) {
      long hit = mask.words()[w] & cached.words()[w];
      missed.words()[w] = mask.words()[w] & ~hit;
      hits += Long.bitCount(hit);
      misses += Long.bitCount(missed.words()[w]);
      for (long word = hit; word != 0; word &= word - 1) {
        hit((w << 6) + Long.numberOfTrailingZeros(word));
      }
    }
    idle = size - hits;
    if (uses != null) {
      uses.add(mask);
    } else if (misses > capacity - hits) {
      overflow.keep(capacity - hits, missed, scores);
    }
    for (int w = 0; w < missed.words().length; w++) {
      for (long word = missed.words()[w]; word != 0; word &= word - 1) {
        access((w << 6) + Long.numberOfTrailingZeros(word));
      }
    }
  }

  @Override
  public final long heldBytes() {
    return held;
  }

  @Override
  public final void update(int[] units, int count) {
    batch.clear();
    for (int i = 0; i < count; i++) {
      batch.add(units[i]);
    }
    selected = batch;
    begin();
    idle = size;
    for (int i = 0; i < count; i++) {
      if (cached.contains(units[i])) {
        hit(units[i]);
        idle--;
      }
    }
    for (int i = 0; i < count; i++) {
      if (!cached.contains(units[i])) {
        miss(units[i]);
        makeRoom(bytes(units[i]));
        insert(units[i]);
        enter(units[i]);
      }
    }
    makeRoom(0);
  }

  /** Parts with units outside the batch until so many bytes more fit, or none is left. */
  private void makeRoom(long bytes) {
    long most = budget == null ? capacity : budget.bytes();
    while (idle > 0 && held + bytes > most) {
      drop(victim());
    }
  }

  private long bytes(int unit) {
    return budget == null ? 1 : budget.unitBytes()[unit];
  }

  private void enter(int unit) {
    cached.add(unit);
    size++;
    held += bytes(unit);
  }

  private void access(int unit) {
    miss(unit);
    if (size == capacity) {
      if (idle == 0) {
        return;
      }
      int victim = victim();
      if (uses != null && uses.counts()[unit] <= uses.counts()[victim]) {
        return;
      }
      drop(victim);
    }
    insert(unit);
    enter(unit);
  }

  /** Parts with a unit that is not one of {@link #selected()}. */
  protected final void drop(int victim) {
    evict(victim);
    cached.remove(victim);
    size--;
    held -= bytes(victim);
    idle--;
  }
}
