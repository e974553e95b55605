package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.select.Scores;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Overflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Caches over whole sequences of masks, against the method's text. */
class BatchCacheTest {
  /** A sequence of tokens played through a cache. */
  record Case(List<float[]> scores, int capacity, int maskRoom, long seed) {
    int units() {
      return scores.get(0).length;
    }

    /** A mask per token, of sizes that vary up to {@code maskRoom} units. */
    List<Set<Integer>> masks() {
      Random random = new Random(seed);
      List<Set<Integer>> masks = new ArrayList<>();
      for (float[] row : scores) {
        float[] order = NaiveTopK.magnitudes(row);
        masks.add(NaiveTopK.of(order, random.nextInt(Math.min(maskRoom, units()) + 1)));
      }
      return masks;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Scores.sizes()
        .flatMap(
            n ->
                Combinators.combine(
                        Scores.sequence(n, 30),
                        Arbitraries.integers().between(0, n + 3),
                        Arbitraries.integers().between(0, n),
                        Arbitraries.longs())
                    .as(Case::new));
  }

  @Property(tries = 300)
  void everyPolicy_keepsWhatTheMethodSays(
      @ForAll("cases") Case c, @ForAll NaiveCache.Kind kind, @ForAll boolean byScore) {
    List<Set<Integer>> masks = c.masks();
    NaiveCache naive = new NaiveCache(kind, c.units(), c.capacity(), byScore, masks);
    UnitCache cache = cache(kind, c, byScore ? Overflow.BY_SCORE : Overflow.LOWEST_INDEX, masks);
    for (int t = 0; t < masks.size(); t++) {
      naive.update(masks.get(t), c.scores().get(t));
      cache.update(set(masks.get(t), c.units()), c.scores().get(t));
      assertThat(NaiveTopK.members(cache.cached())).as("after token %d", t).isEqualTo(naive.cached);
    }
    if (kind == NaiveCache.Kind.LFU) {
      assertThat(cache.useCounts()).isEqualTo(naive.counts);
    }
  }

  @Property(tries = 200)
  void carriedCaches_goOnWhereTheSequenceBeforeEnded(
      @ForAll("cases") Case c, @ForAll NaiveCache.Kind kind) {
    List<Set<Integer>> masks = c.masks();
    int half = masks.size() / 2;
    List<Set<Integer>> first = masks.subList(0, half);
    List<Set<Integer>> second = masks.subList(half, masks.size());
    NaiveCache naive = new NaiveCache(kind, c.units(), c.capacity(), false, first);
    RecordedUses future = future(first, c.units());
    UnitCache cache = cache(kind, c, Overflow.LOWEST_INDEX, future);
    for (int t = 0; t < masks.size(); t++) {
      if (t == half) {
        naive.carry(second);
        future.clear();
        second.forEach(mask -> future.append(set(mask, c.units())));
        cache.carry();
      }
      naive.update(masks.get(t), c.scores().get(t));
      cache.update(set(masks.get(t), c.units()), c.scores().get(t));
      assertThat(NaiveTopK.members(cache.cached())).as("after token %d", t).isEqualTo(naive.cached);
    }
  }

  @ParameterizedTest
  @EnumSource(NaiveCache.Kind.class)
  void longSequences_areKeptAsTheMethodSays(NaiveCache.Kind kind) {
    Random random = new Random(7);
    List<float[]> scores = new ArrayList<>();
    for (int t = 0; t < 1500; t++) {
      float[] row = new float[20];
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextFloat() * (i + 1);
      }
      scores.add(row);
    }
    everyPolicy_keepsWhatTheMethodSays(new Case(scores, 12, 9, 1), kind, false);
  }

  @Property(tries = 300)
  void victims_areNeverSelectedUnits(@ForAll("cases") Case c, @ForAll NaiveCache.Kind kind) {
    List<Set<Integer>> masks = c.masks();
    UnitCache cache = cache(kind, c, Overflow.RANDOM, masks);
    for (int t = 0; t < masks.size(); t++) {
      Set<Integer> before = NaiveTopK.members(cache.cached());
      cache.update(set(masks.get(t), c.units()), c.scores().get(t));
      Set<Integer> after = NaiveTopK.members(cache.cached());

      before.retainAll(masks.get(t));
      assertThat(after).containsAll(before);
      assertThat(after.size()).isBetween(Math.min(masks.get(t).size(), c.capacity()), c.capacity());
    }
  }

  @Property(tries = 300)
  void belady_hitsAtLeastAsOftenAsAnyOther_whereMasksFit(@ForAll("cases") Case c) {
    Case fits = new Case(c.scores(), c.capacity(), c.capacity(), c.seed());
    long belady = hits(NaiveCache.Kind.BELADY, fits);
    for (NaiveCache.Kind other : NaiveCache.Kind.values()) {
      assertThat(belady).as("%s", other).isGreaterThanOrEqualTo(hits(other, fits));
    }
  }

  @Property(tries = 100)
  void randomOverflow_drawsTheSameForASeed(@ForAll("cases") Case c) {
    List<Set<Integer>> masks = c.masks();
    UnitCache one = cache(NaiveCache.Kind.LRU, c, Overflow.RANDOM, masks);
    UnitCache two = cache(NaiveCache.Kind.LRU, c, Overflow.RANDOM, masks);
    for (int t = 0; t < masks.size(); t++) {
      one.update(set(masks.get(t), c.units()), c.scores().get(t));
      two.update(set(masks.get(t), c.units()), c.scores().get(t));
    }
    assertThat(one.cached().words()).isEqualTo(two.cached().words());
  }

  private static long hits(NaiveCache.Kind kind, Case c) {
    List<Set<Integer>> masks = c.masks();
    UnitCache cache = cache(kind, c, Overflow.LOWEST_INDEX, masks);
    long hits = 0;
    for (int t = 0; t < masks.size(); t++) {
      UnitSet mask = set(masks.get(t), c.units());
      hits += mask.intersectionSize(cache.cached());
      cache.update(mask, c.scores().get(t));
    }
    return hits;
  }

  private static UnitCache cache(
      NaiveCache.Kind kind, Case c, Overflow overflow, List<Set<Integer>> masks) {
    return cache(kind, c, overflow, future(masks, c.units()));
  }

  private static RecordedUses future(List<Set<Integer>> masks, int units) {
    RecordedUses future = new RecordedUses(units, Math.max(30, masks.size()));
    masks.forEach(mask -> future.append(set(mask, units)));
    return future;
  }

  private static UnitCache cache(
      NaiveCache.Kind kind, Case c, Overflow overflow, RecordedUses future) {
    CacheSpec spec =
        CacheSpec.newBuilder()
            .setPolicy(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .setOverflow(overflow)
            .build();
    UnitCache cache =
        Caches.create(spec, new CacheContext(c.units(), c.capacity(), c.seed(), future, null));
    soil(cache, c.units());
    cache.reset();
    return cache;
  }

  /** Plays a token, so that a reset has something to forget. */
  private static void soil(UnitCache cache, int units) {
    UnitSet all = new UnitSet(units);
    all.fill();
    cache.update(all, new float[units]);
  }

  private static UnitSet set(Set<Integer> members, int units) {
    UnitSet set = new UnitSet(units);
    new TreeSet<>(members).forEach(set::add);
    return set;
  }
}
