package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A larger LRU cache holds whatever a smaller one does, so that more DRAM never costs a hit. */
class LruInclusionTest {
  @Property(tries = 300)
  void aLargerCache_holdsWhatASmallerOneDoes_whereEveryMaskFits(
      @ForAll @IntRange(min = 1, max = 150) int units,
      @ForAll @IntRange(min = 1, max = 150) int capacity,
      @ForAll @IntRange(min = 1, max = 40) int more,
      @ForAll int seed) {
    UnitCache small = Caches.create(Caches.parse("lru"), CacheContext.of(units, capacity, 0));
    UnitCache large =
        Caches.create(Caches.parse("lru"), CacheContext.of(units, capacity + more, 0));
    Random random = new Random(seed);
    float[] scores = new float[units];
    for (int token = 0; token < 40; token++) {
      UnitSet mask = new UnitSet(units);
      int selected = random.nextInt(Math.min(units, capacity) + 1);
      for (int i = 0; i < selected; i++) {
        mask.add(random.nextInt(units));
      }
      assertThat(mask.intersectionSize(large.cached()))
          .isGreaterThanOrEqualTo(mask.intersectionSize(small.cached()));
      small.update(mask, scores);
      large.update(mask, scores);
      assertThat(small.cached().intersectionSize(large.cached()))
          .isEqualTo(small.cached().cardinality());
    }
  }
}
