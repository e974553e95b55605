package io.dipper.hwsim.replay.cache;

import static io.dipper.hwsim.replay.cache.UnitLists.NONE;

import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;

/**
 * Segmented LRU: equal LRU lists, one above the other. An access moves a unit to the head of the
 * segment above its own; what a segment then has too much of goes down from its tail to the head of
 * the one below. A unit enters the lowest segment that has room, or the lowest of all. The tail of
 * the lowest segment that is not empty goes.
 *
 * <p>Karedla et al. have two segments; what does not divide belongs to the lowest.
 *
 * <p>Batch rule: that of {@link QueuedCache}.
 */
final class SegmentedLru extends QueuedCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "slru",
              "LRU in segments: a unit climbs one with every selection, and goes from the lowest",
              "Karedla et al., IEEE Computer 27(3), 1994")
          .with(Parameter.integer("segments", 1, 16, "of equal size").or(4))
          .by(SegmentedLru::new);

  private final int segments;
  private final int[] sizes;
  private final UnitLists lists;

  private SegmentedLru(Choice parameters, CacheContext context) {
    super(parameters, context);
    this.segments = parameters.integer("segments");
    this.sizes = new int[segments];
    for (int s = 0; s < segments; s++) {
      sizes[s] = context.capacity() / segments + (s == 0 ? context.capacity() % segments : 0);
    }
    this.lists = new UnitLists(context.units(), segments);
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
    int above = Math.min(lists.listOf(unit) + 1, segments - 1);
    lists.toHead(above, unit);
    for (int s = above; s > 0 && lists.size(s) > sizes[s]; s--) {
      lists.toHead(s - 1, lists.tail(s));
    }
  }

  @Override
  protected int victim() {
    int victim = NONE;
    for (int s = 0; s < segments && victim == NONE; s++) {
      victim = lists.candidate(s, selected());
    }
    return victim;
  }

  @Override
  protected void evict(int unit) {
    lists.remove(unit);
  }

  @Override
  protected void insert(int unit) {
    int segment = 0;
    while (segment < segments && lists.size(segment) >= sizes[segment]) {
      segment++;
    }
    lists.toHead(segment == segments ? 0 : segment, unit);
  }
}
