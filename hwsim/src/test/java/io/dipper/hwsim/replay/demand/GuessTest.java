package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.CacheContext;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.Speculation;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the mask of the layer before guesses, on the embedded model's trace. */
class GuessTest {
  @AutoClose
  private static final TraceReader trace =
      TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "dip:density=0.5 lru COLD",
        "dip-ca:density=0.5 lfu COLD",
        "dip-ca:density=0.5,warm_up=true lru CARRIED",
        "dip-ca:density=0.5 lfu PREFILLED"
      })
  void counts_areThoseThatAreFoundUnitByUnit(String policy, String cache, CacheStart start) {
    ReplayPoint point = point(policy, cache, start, Speculation.PREVIOUS_LAYER);
    Demand demand = replay(point, 1);
    for (int group = 0; group < 2; group++) {
      int units = demand.groups().get(group).units();
      for (int layer = 1; layer < 3; layer++) {
        ReplayMasks masks = new ReplayMasks(trace, point, layer, group);
        ReplayMasks before = new ReplayMasks(trace, point, layer - 1, group);
        UnitCache held =
            Caches.create(point.cache(), CacheContext.of(units, point.cacheColumns()[group], 42));
        UnitSet hottest =
            new HotUnits(trace)
                .hottest(layer, demand.groups().get(group), point.cacheColumns()[group]);
        if (start == CacheStart.PREFILLED) {
          held.update(hottest, new float[units]);
        }
        for (int row = 0; row < 128; row++) {
          UnitSet mask = masks.next();
          UnitSet likely = before.next();
          IntPredicate cached = held.cached()::contains;
          IntPredicate guessed = u -> likely.contains(u) && !cached.test(u);
          IntPredicate rest = u -> mask.contains(u) && !cached.test(u) && !guessed.test(u);
          int[] expected = {
            count(units, guessed),
            runs(units, guessed),
            count(units, u -> guessed.test(u) && mask.contains(u)),
            runs(units, rest),
            count(units, u -> mask.contains(u) && cached.test(u))
          };
          assertThat(counts(demand, group, layer, row)).as("row %d", row).isEqualTo(expected);
          held.update(mask, new float[units]);
        }
      }
    }
  }

  private static int[] counts(Demand demand, int group, int layer, int row) {
    return new int[] {
      demand.count(Count.GUESSED, group, layer, row),
      demand.count(Count.GUESSED_RUNS, group, layer, row),
      demand.count(Count.GUESSED_RIGHT, group, layer, row),
      demand.missedRuns(group, layer, row),
      demand.hits(group, layer, row)
    };
  }

  private static int count(int units, IntPredicate in) {
    int count = 0;
    for (int unit = 0; unit < units; unit++) {
      count += in.test(unit) ? 1 : 0;
    }
    return count;
  }

  private static int runs(int units, IntPredicate in) {
    int runs = 0;
    for (int unit = 0; unit < units; unit++) {
      runs += in.test(unit) && (unit == 0 || !in.test(unit - 1)) ? 1 : 0;
    }
    return runs;
  }

  @Test
  void guessing_changesNeitherMasksNorCaches_andTheFirstLayerGuessesNothing() {
    for (String policy : List.of("dip:density=0.5", "dip-ca:density=0.5")) {
      Demand with = replay(point(policy, "lfu", CacheStart.COLD, Speculation.PREVIOUS_LAYER), 1);
      Demand without = replay(point(policy, "lfu", CacheStart.COLD, Speculation.NO_SPECULATION), 1);
      for (int group = 0; group < 2; group++) {
        assertThat(with.total(Count.GUESSED, group, 0)).isZero();
        assertThat(with.total(Count.MISSED_RUNS, group, 0))
            .isEqualTo(without.total(Count.MISSED_RUNS, group, 0));
        for (int layer = 0; layer < with.layers(); layer++) {
          assertThat(with.hitsTotal(group, layer)).isEqualTo(without.hitsTotal(group, layer));
          assertThat(with.selectedTotal(group, layer))
              .isEqualTo(without.selectedTotal(group, layer));
        }
      }
    }
  }

  @Test
  void anyNumberOfThreads_andAnyCompany_givesTheSameCounts() {
    ReplayPoint point =
        point("dip-ca:density=0.5", "lfu", CacheStart.COLD, Speculation.PREVIOUS_LAYER);
    ReplayPoint other =
        point("dip:density=0.4", "lru", CacheStart.COLD, Speculation.PREVIOUS_LAYER);
    List<Demand> together = new Replay(trace, 2, Progress.SILENT).run(List.of(other, point));
    assertThat(all(together.get(1))).isEqualTo(all(replay(point, 1)));
    assertThat(all(together.get(0))).isEqualTo(all(replay(other, 2)));
  }

  /** Inputs by the layer before's are known early; GLU units by their own are not. */
  @Test
  void aMaskThatIsKnownEarly_isGuessedWhole_andRight() {
    String policy = "look-ahead:density=0.5";
    Demand with = replay(point(policy, "lfu", CacheStart.COLD, Speculation.LOOK_AHEAD), 2);
    Demand without = replay(point(policy, "lfu", CacheStart.COLD, Speculation.NO_SPECULATION), 1);
    for (int layer = 0; layer < with.layers(); layer++) {
      assertThat(with.total(Count.GUESSED, 1, layer)).isZero();
      for (int row = 0; row < with.tokens(); row++) {
        int missed = without.selected(0, layer, row) - without.hits(0, layer, row);
        int runs = without.missedRuns(0, layer, row);
        int[] expected =
            layer == 0
                ? new int[] {0, 0, 0, runs, without.hits(0, layer, row)}
                : new int[] {missed, runs, missed, 0, without.hits(0, layer, row)};
        assertThat(counts(with, 0, layer, row)).as("layer %d", layer).isEqualTo(expected);
      }
    }
  }

  private static List<Integer> all(Demand demand) {
    List<Integer> all = new ArrayList<>();
    for (int group = 0; group < 2; group++) {
      for (int layer = 0; layer < demand.layers(); layer++) {
        for (int row = 0; row < demand.tokens(); row++) {
          for (int count : counts(demand, group, layer, row)) {
            all.add(count);
          }
        }
      }
    }
    return all;
  }

  private static Demand replay(ReplayPoint point, int threads) {
    return new Replay(trace, threads, Progress.SILENT).run(List.of(point)).get(0);
  }

  private static ReplayPoint point(
      String policy, String cache, CacheStart start, Speculation speculation) {
    MaskPolicy made =
        Policies.create(Policies.parse(policy), new PolicyContext(trace.model(), trace));
    return new ReplayPoint(
        made,
        Caches.parse(cache),
        new int[] {80, 200},
        42,
        new SequenceStart(start, new HotUnits(trace)),
        new FetchRules(UnitPlaces.NATURAL, Collections.nCopies(2, 0), speculation));
  }
}
