package io.dipper.hwsim.replay.cache;

import static io.dipper.hwsim.replay.cache.UnitLists.NONE;

import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;

/**
 * 2Q: units enter a FIFO, where accesses change nothing; what leaves it is remembered for a while
 * in a second FIFO, of names only; what is accessed while remembered enters an LRU list. While the
 * FIFO is longer than its share, its tail goes, else the tail of the LRU list.
 *
 * <p>Batch rule: that of {@link QueuedCache}; where a list holds none but units of the present
 * token, the other one's tail goes, or it grows beyond its share.
 */
final class TwoQueue extends QueuedCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "two-queue",
              "2Q: a FIFO for what is new, an LRU list for what came back soon after",
              "Johnson and Shasha, VLDB 1994")
          .with(
              Parameter.share("in", 0, "share of the cache that the FIFO may take").or(0.25),
              Parameter.share("out", 0, "remembered units, as a share of the cache").or(0.5))
          .by(TwoQueue::new);

  private static final int IN = 0;
  private static final int OUT = 1;
  private static final int MAIN = 2;

  private final int inSize;
  private final int outSize;
  private final int mainSize;
  private final UnitLists lists;
  private boolean remembered;

  private TwoQueue(Choice parameters, CacheContext context) {
    super(parameters, context);
    this.inSize = (int) (context.capacity() * parameters.number("in"));
    this.outSize = (int) (context.capacity() * parameters.number("out"));
    this.mainSize = context.capacity() - inSize;
    this.lists = new UnitLists(context.units(), 3);
  }

  @Override
  protected void forget() {
    lists.clear();
  }

  @Override
  protected void begin() {
    lists.begin();
  }

  @Override
  protected void hit(int unit) {
    if (lists.listOf(unit) == MAIN) {
      lists.toHead(MAIN, unit);
    }
  }

  @Override
  protected void miss(int unit) {
    remembered = lists.listOf(unit) == OUT;
    lists.remove(unit);
  }

  @Override
  protected int victim() {
    int in = lists.candidate(IN, selected());
    int main = lists.candidate(MAIN, selected());
    return main == NONE || (in != NONE && lists.size(IN) > inSize) ? in : main;
  }

  @Override
  protected void evict(int unit) {
    if (lists.listOf(unit) == MAIN) {
      lists.remove(unit);
      return;
    }
    lists.toHead(OUT, unit);
    if (lists.size(OUT) > outSize) {
      lists.remove(lists.tail(OUT));
    }
  }

  @Override
  protected void insert(int unit) {
    if (!remembered) {
      lists.toHead(IN, unit);
      return;
    }
    int oldest = lists.candidate(MAIN, selected());
    if (lists.size(MAIN) >= mainSize && oldest != NONE) {
      drop(oldest);
    }
    lists.toHead(MAIN, unit);
  }
}
