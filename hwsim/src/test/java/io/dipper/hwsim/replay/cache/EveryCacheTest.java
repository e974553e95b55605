package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.CacheSpec;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every cache of units there is, however it is told to admit them. */
class EveryCacheTest {
  private static final int UNITS = 70;

  static Stream<String> caches() {
    return Caches.all().stream()
        .filter(cache -> !cache.has(Trait.PAGED))
        .flatMap(
            cache ->
                hasAdmission(cache)
                    ? Stream.of(cache.name(), cache.name() + ":admission=bypass")
                    : Stream.of(cache.name()));
  }

  private static boolean hasAdmission(Description cache) {
    return cache.parameterNames().contains("admission");
  }

  @ParameterizedTest
  @MethodSource("caches")
  void whatATokenSelected_staysAndNothingExceedsTheCapacity(String spec) {
    // One that knows the future and need not admit may part with a unit that was just selected.
    CacheSpec parsed = Caches.parse(spec);
    boolean keepsWhatIsUsedSoonest =
        Caches.has(parsed, Trait.SEES_FUTURE) && Caches.has(parsed, Trait.OWN_ADMISSION);
    for (int capacity : new int[] {0, 1, 7, 30, UNITS, UNITS + 5}) {
      List<UnitSet> masks = masks(new Random(capacity));
      UnitCache cache = cache(spec, capacity, masks);
      cache.reset();
      for (UnitSet mask : masks) {
        Set<Integer> hits = NaiveTopK.members(cache.cached());
        hits.retainAll(NaiveTopK.members(mask));
        cache.update(mask, new float[UNITS]);
        assertThat(cache.cached().cardinality()).isLessThanOrEqualTo(capacity);
        if (!keepsWhatIsUsedSoonest) {
          assertThat(NaiveTopK.members(cache.cached())).containsAll(hits);
        }
        assertThat(cache.capacity()).isEqualTo(capacity);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("caches")
  void aReset_forgetsEverything(String spec) {
    List<UnitSet> masks = masks(new Random(3));
    UnitCache used = cache(spec, 20, masks);
    used.reset();
    masks.forEach(mask -> used.update(mask, new float[UNITS]));
    used.reset();
    UnitCache fresh = cache(spec, 20, masks);
    fresh.reset();
    for (UnitSet mask : masks) {
      assertThat(used.cached().words()).isEqualTo(fresh.cached().words());
      used.update(mask, new float[UNITS]);
      fresh.update(mask, new float[UNITS]);
    }
  }

  @ParameterizedTest
  @MethodSource("caches")
  void aResolvedSpecification_isItself(String spec) {
    CacheSpec checked = Caches.parse(spec);
    assertThat(Caches.check(checked)).isEqualTo(checked);
    assertThat(Caches.parse(Caches.choice(checked).toString())).isEqualTo(checked);
  }

  private static UnitCache cache(String spec, int capacity, List<UnitSet> masks) {
    RecordedUses future = new RecordedUses(UNITS, masks.size());
    masks.forEach(future::append);
    UnitUsage usage = trace -> IntStream.range(0, UNITS).map(i -> (i * 3) % UNITS).toArray();
    return Caches.create(Caches.parse(spec), new CacheContext(UNITS, capacity, 1, future, usage));
  }

  private static List<UnitSet> masks(Random random) {
    List<UnitSet> masks = new ArrayList<>();
    for (int t = 0; t < 200; t++) {
      UnitSet mask = new UnitSet(UNITS);
      for (int n = random.nextInt(40); n > 0; n--) {
        mask.add((int) (UNITS * random.nextDouble() * random.nextDouble()));
      }
      masks.add(mask);
    }
    return masks;
  }
}
