package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies of lists over whole sequences of masks, against their papers told naively. */
class QueuedCachesTest {
  private static final int TOKENS = 120;

  @ParameterizedTest
  @ValueSource(strings = {"clock", "sieve", "slru", "two-queue", "arc", "s3-fifo"})
  void masksOfEverySize_areKeptAsThePaperSays(String policy) {
    Random random = new Random(11);
    for (int trial = 0; trial < 120; trial++) {
      int units = 1 + random.nextInt(90);
      int capacity = random.nextInt(units + 3);
      int largest = 1 + random.nextInt(units);
      boolean bypass = random.nextInt(3) == 0;
      boolean byScore = !bypass && random.nextBoolean();
      String spec =
          policy + (bypass ? ":admission=bypass" : "") + (byScore ? ":overflow=by-score" : "");
      UnitCache cache = Caches.create(Caches.parse(spec), CacheContext.of(units, capacity, 0));
      cache.update(all(units), new float[units]);
      cache.reset();
      NaiveQueues naive = NaiveQueues.of(policy, units, capacity, bypass, byScore);
      for (int t = 0; t < TOKENS; t++) {
        float[] scores = scores(units, random);
        Set<Integer> mask = NaiveTopK.of(scores(units, random), random.nextInt(largest + 1));
        naive.update(mask, scores);
        cache.update(set(mask, units), scores);
        assertThat(NaiveTopK.members(cache.cached()))
            .as("%s, %d units, capacity %d, trial %d, token %d", spec, units, capacity, trial, t)
            .isEqualTo(naive.cached());
      }
    }
  }

  /** Units are not equally likely, so that some are hit again and again. */
  private static float[] scores(int units, Random random) {
    float[] scores = new float[units];
    for (int i = 0; i < units; i++) {
      scores[i] = random.nextFloat() * (1 + 5f * i / units);
    }
    return scores;
  }

  private static UnitSet all(int units) {
    UnitSet all = new UnitSet(units);
    all.fill();
    return all;
  }

  private static UnitSet set(Set<Integer> members, int units) {
    UnitSet set = new UnitSet(units);
    List<Integer> sorted = new ArrayList<>(new TreeSet<>(members));
    sorted.forEach(set::add);
    return set;
  }
}
