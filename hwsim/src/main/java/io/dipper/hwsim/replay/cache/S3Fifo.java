package io.dipper.hwsim.replay.cache;

import static io.dipper.hwsim.replay.cache.UnitLists.NONE;

import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;

/**
 * S3-FIFO: units enter a small FIFO; from its tail those that were accessed go on to the main FIFO,
 * the others leave, and their names are remembered in a third. What is accessed while remembered
 * enters the main FIFO. There a unit that was accessed goes back to the head, up to three times.
 *
 * <p>As libCacheSim has it, and not the paper's figure: units enter the main FIFO too where the
 * small one is full and the cache has not parted with any yet.
 *
 * <p>Batch rule: that of {@link QueuedCache}; units of the present token stay where they are, and
 * where a FIFO holds no others the victim comes from the other one.
 */
final class S3Fifo extends QueuedCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "s3-fifo",
              "three FIFOs: what is new and not selected again soon goes early",
              "Yang et al., SOSP 2023")
          .with(
              Parameter.share("small", 0, "share of the cache for what is new").or(0.1),
              Parameter.share("ghost", 0, "remembered units, as a share of the cache").or(0.9),
              Parameter.integer(
                      "threshold", 1, 3, "accesses that lead from the small FIFO to the main")
                  .or(2))
          .by(S3Fifo::new);

  private static final int SMALL = 0;
  private static final int MAIN = 1;
  private static final int GHOST = 2;
  private static final int MOST_ROUNDS = 3;

  private final int smallSize;
  private final int mainSize;
  private final int ghostSize;
  private final int threshold;
  private final int[] accesses;
  private final UnitLists lists;
  private boolean remembered;
  private boolean hasParted;

  private S3Fifo(Choice parameters, CacheContext context) {
    super(parameters, context);
    this.smallSize = (int) (context.capacity() * parameters.number("small"));
    this.mainSize = context.capacity() - smallSize;
    this.ghostSize = (int) (context.capacity() * parameters.number("ghost"));
    this.threshold = parameters.integer("threshold");
    this.accesses = new int[context.units()];
    this.lists = new UnitLists(context.units(), 3);
  }

  @Override
  protected void forget() {
    lists.clear();
    hasParted = false;
  }

  @Override
  protected void begin() {
    lists.begin();
  }

  @Override
  protected void hit(int unit) {
    accesses[unit]++;
  }

  @Override
  protected void miss(int unit) {
    remembered = lists.listOf(unit) == GHOST;
    lists.remove(unit);
  }

  @Override
  protected int victim() {
    hasParted = true;
    while (true) {
      boolean fromMain = lists.size(MAIN) > mainSize || lists.candidate(SMALL, selected()) == NONE;
      int unit =
          fromMain && lists.candidate(MAIN, selected()) != NONE ? mainVictim() : smallVictim();
      if (unit != NONE) {
        return unit;
      }
    }
  }

  /** The first unit of the small FIFO that does not go on; none where all do. */
  private int smallVictim() {
    int unit = lists.candidate(SMALL, selected());
    while (unit != NONE && accesses[unit] >= threshold) {
      accesses[unit] = 0;
      lists.toHead(MAIN, unit);
      unit = lists.candidate(SMALL, selected());
    }
    return unit;
  }

  private int mainVictim() {
    int unit = lists.candidate(MAIN, selected());
    while (accesses[unit] > 0) {
      accesses[unit] = Math.min(accesses[unit], MOST_ROUNDS) - 1;
      lists.toHead(MAIN, unit);
      unit = lists.candidate(MAIN, selected());
    }
    return unit;
  }

  @Override
  protected void evict(int unit) {
    if (lists.listOf(unit) == MAIN) {
      lists.remove(unit);
      return;
    }
    lists.toHead(GHOST, unit);
    if (lists.size(GHOST) > ghostSize) {
      lists.remove(lists.tail(GHOST));
    }
  }

  @Override
  protected void insert(int unit) {
    accesses[unit] = 0;
    boolean early = !hasParted && lists.size(SMALL) >= smallSize;
    lists.toHead(remembered || early ? MAIN : SMALL, unit);
  }
}
