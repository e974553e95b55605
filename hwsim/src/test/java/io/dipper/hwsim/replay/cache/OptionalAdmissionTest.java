package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Overflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The bound that no cache of units exceeds. */
class OptionalAdmissionTest {
  private static final List<String> FORCED =
      List.of(
          "lru", "lfu", "lfu-aging", "fifo", "clock", "slru", "arc", "s3-fifo", "sieve", "belady");

  /** The oracle tries every set of C units after every token. */
  @Property(tries = 300)
  void noChoiceOfUnitsAfterEachToken_hitsMoreOften(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int capacity) {
    int units = 5;
    List<Integer> masks = masks(new Random(seed), units, 7);
    int most = most(masks, 0, 0, units, capacity, new HashMap<>());
    assertThat(hits("belady-optional", masks, units, capacity, Overflow.LOWEST_INDEX))
        .isEqualTo(most);
  }

  private static int most(
      List<Integer> masks,
      int token,
      int cached,
      int units,
      int capacity,
      Map<Long, Integer> seen) {
    if (token == masks.size()) {
      return 0;
    }
    long key = (long) token << 32 | cached;
    Integer known = seen.get(key);
    if (known != null) {
      return known;
    }
    int mask = masks.get(token);
    int best = 0;
    for (int next = 0; next < 1 << units; next++) {
      boolean reachable = (next & ~(cached | mask)) == 0 && Integer.bitCount(next) <= capacity;
      if (reachable) {
        best = Math.max(best, most(masks, token + 1, next, units, capacity, seen));
      }
    }
    int hits = best + Integer.bitCount(mask & cached);
    seen.put(key, hits);
    return hits;
  }

  @Property(tries = 300)
  void noForcedCacheHitsMoreOften_howeverLargeTheMasks(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 24) int capacity,
      @ForAll Overflow overflow) {
    if (overflow == Overflow.UNRECOGNIZED) {
      return;
    }
    int units = 20;
    List<Integer> masks = masks(new Random(seed), units, 40);
    long bound = hits("belady-optional", masks, units, capacity, Overflow.LOWEST_INDEX);
    for (String cache : FORCED) {
      assertThat(hits(cache, masks, units, capacity, overflow))
          .as(cache)
          .isLessThanOrEqualTo(bound);
    }
    assertThat(pinned(masks, units, capacity)).isLessThanOrEqualTo(bound);
  }

  /** The columns that are used most often, from their first use on and for ever. */
  private static long pinned(List<Integer> masks, int units, int capacity) {
    List<Long> gains = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      int bit = 1 << unit;
      gains.add(Math.max(0, masks.stream().filter(m -> (m & bit) != 0).count() - 1));
    }
    gains.sort(java.util.Comparator.reverseOrder());
    return gains.stream().limit(capacity).mapToLong(Long::longValue).sum();
  }

  /** Of a b c, a b c ... two can stay; forced admission keeps whichever come first or last. */
  @Test
  void aScanLargerThanTheCache_hitsAllThatFit() {
    List<Integer> masks = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      masks.add(1 << t % 4);
    }
    // From the second round on three of four units can be hit at most every other time:
    // LRU hits nothing, one place kept for each of two units hits both in every round.
    assertThat(hits("lru", masks, 4, 3, Overflow.LOWEST_INDEX)).isZero();
    assertThat(hits("belady-optional", masks, 4, 3, Overflow.LOWEST_INDEX)).isEqualTo(6);
  }

  private static List<Integer> masks(Random random, int units, int tokens) {
    List<Integer> masks = new ArrayList<>();
    for (int t = 0; t < tokens; t++) {
      masks.add(random.nextInt(1 << units) & (random.nextBoolean() ? -1 : random.nextInt()));
    }
    return masks;
  }

  private static long hits(
      String policy, List<Integer> masks, int units, int capacity, Overflow overflow) {
    RecordedUses future = new RecordedUses(units, masks.size());
    List<UnitSet> sets = masks.stream().map(mask -> set(mask, units)).toList();
    sets.forEach(future::append);
    CacheSpec spec =
        Caches.check(CacheSpec.newBuilder().setPolicy(policy).setOverflow(overflow).build());
    UnitCache cache = Caches.create(spec, new CacheContext(units, capacity, 1, future, null));
    cache.reset();
    long hits = 0;
    for (UnitSet mask : sets) {
      hits += mask.intersectionSize(cache.cached());
      cache.update(mask, new float[units]);
      assertThat(cache.cached().cardinality()).isLessThanOrEqualTo(capacity);
    }
    return hits;
  }

  private static UnitSet set(int mask, int units) {
    UnitSet set = new UnitSet(units);
    for (int unit = 0; unit < units; unit++) {
      if ((mask >> unit & 1) != 0) {
        set.add(unit);
      }
    }
    return set;
  }
}
