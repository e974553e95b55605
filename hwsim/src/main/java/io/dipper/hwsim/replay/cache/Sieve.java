package io.dipper.hwsim.replay.cache;

import static io.dipper.hwsim.replay.cache.UnitLists.NONE;

import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;

/**
 * SIEVE: a FIFO in which nothing ever moves. A hand goes from the tail to the head and round again;
 * it clears the mark of units that were accessed, and parts with the first that has none.
 *
 * <p>Batch rule: that of {@link QueuedCache}; the hand passes over units of the present token and
 * leaves their marks.
 */
final class Sieve extends QueuedCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "sieve",
              "a hand goes round the units and parts with the first that was not selected meanwhile",
              "Zhang et al., NSDI 2024")
          .by(Sieve::new);

  private static final int QUEUE = 0;

  private final boolean[] marked;
  private final UnitLists lists;
  private int hand;

  private Sieve(Choice parameters, CacheContext context) {
    super(parameters, context);
    this.marked = new boolean[context.units()];
    this.lists = new UnitLists(context.units(), 1);
    this.hand = NONE;
  }

  @Override
  protected void forget() {
    lists.clear();
    hand = NONE;
  }

  @Override
  protected void begin() {}

  @Override
  protected void hit(int unit) {
    marked[unit] = true;
  }

  @Override
  protected int victim() {
    int unit = hand == NONE ? lists.tail(QUEUE) : hand;
    while (marked[unit] || selected().contains(unit)) {
      if (!selected().contains(unit)) {
        marked[unit] = false;
      }
      int next = lists.towardsHead(unit);
      unit = next == NONE ? lists.tail(QUEUE) : next;
    }
    hand = unit;
    return unit;
  }

  @Override
  protected void evict(int unit) {
    hand = lists.towardsHead(unit);
    lists.remove(unit);
  }

  @Override
  protected void insert(int unit) {
    marked[unit] = false;
    lists.toHead(QUEUE, unit);
  }
}
