package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.NaiveCache;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of several tokens: the union of their masks, read once. */
class WindowTest {
  private static final int SEQUENCE = 128;
  private static final int CAPACITY = 90;
  private static TraceReader trace;

  @BeforeAll
  static void open() {
    trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));
  }

  @AfterAll
  static void close() {
    trace.close();
  }

  @ParameterizedTest
  @CsvSource({"lru, 2", "lfu, 3", "lfu, 16", "belady, 2", "belady, 5", "lru, 1000"})
  void aStep_looksTheUnionOfItsMasksUp_andCachesItOnce(String cache, int window) {
    Demand demand = replay("glu:keep=0.1", cache, window);
    NaiveCache.Kind kind = NaiveCache.Kind.valueOf(cache.toUpperCase(Locale.ROOT));
    int units = demand.groups().get(0).units();
    for (int layer = 0; layer < demand.layers(); layer++) {
      List<Set<Integer>> masks = masks("glu:keep=0.1", layer);
      int step = 0;
      for (int first = 0; first < masks.size(); first += SEQUENCE) {
        List<List<Set<Integer>>> steps = steps(masks.subList(first, first + SEQUENCE), window);
        List<Set<Integer>> unions = steps.stream().map(WindowTest::union).toList();
        NaiveCache naive = new NaiveCache(kind, units, CAPACITY, false, unions);
        for (int i = 0; i < steps.size(); i++) {
          Set<Integer> hit = new TreeSet<>(unions.get(i));
          hit.retainAll(naive.cached);
          assertThat(demand.tokensOf(step)).isEqualTo(steps.get(i).size());
          assertThat(demand.selected(0, layer, step)).isEqualTo(unions.get(i).size());
          assertThat(demand.hits(0, layer, step)).isEqualTo(hit.size());
          assertThat(demand.count(Count.COMPUTED, 0, layer, step))
              .isEqualTo(steps.get(i).stream().mapToInt(Set::size).sum());
          naive.update(unions.get(i), new float[units]);
          step++;
        }
      }
      assertThat(step).isEqualTo(demand.rows());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 128})
  void whatAStepReads_isAtMostWhatItsTokensReadAlone_andAtLeastTheLargestOfThem(int window) {
    Demand alone = replay("dip:density=0.5", "none", 1);
    Demand together = replay("dip:density=0.5", "none", window);
    for (int group = 0; group < 2; group++) {
      for (int layer = 0; layer < alone.layers(); layer++) {
        int row = 0;
        for (int step = 0; step < together.rows(); step++) {
          int sum = 0;
          int largest = 0;
          for (int end = row + together.tokensOf(step); row < end; row++) {
            sum += alone.selected(group, layer, row);
            largest = Math.max(largest, alone.selected(group, layer, row));
          }
          assertThat(together.selected(group, layer, step)).isBetween(largest, sum);
        }
      }
    }
    assertThat(together.density()).isEqualTo(alone.density());
    assertThat(together.tokens()).isEqualTo(alone.tokens()).isEqualTo(alone.rows());
    assertThat(together.retainedEnergy(1)).isEqualTo(alone.retainedEnergy(1));
  }

  /** Windows of points that share a mask are told apart, and so are the masks that see a cache. */
  @Test
  void pointsOfSeveralWindows_areThoseThatAreReplayedAlone() {
    for (String policy : List.of("dip:density=0.5", "dip-ca:density=0.5")) {
      MaskPolicy made = policy(policy);
      List<ReplayPoint> points = new ArrayList<>();
      points.add(point(made, "lfu", 1));
      points.add(point(made, "lfu", 4));
      if (!policy.startsWith("dip-ca")) {
        points.add(point(made, "belady", 4));
      }
      List<Demand> shared = new Replay(trace, 2, Progress.SILENT).run(points);
      for (int p = 0; p < points.size(); p++) {
        Demand alone = new Replay(trace, 1, Progress.SILENT).run(List.of(points.get(p))).get(0);
        assertThat(counts(shared.get(p))).isEqualTo(counts(alone));
      }
    }
  }

  private static List<Integer> counts(Demand demand) {
    List<Integer> counts = new ArrayList<>();
    for (int row = 0; row < demand.rows(); row++) {
      for (int group = 0; group < 2; group++) {
        counts.add(demand.selected(group, 2, row));
        counts.add(demand.hits(group, 2, row));
        counts.add(demand.missedRuns(group, 2, row));
        counts.add(demand.count(Count.COMPUTED, group, 2, row));
      }
    }
    return counts;
  }

  private static <T> List<List<T>> steps(List<T> tokens, int window) {
    List<List<T>> steps = new ArrayList<>();
    for (int from = 0; from < tokens.size(); from += window) {
      steps.add(tokens.subList(from, Math.min(from + window, tokens.size())));
    }
    return steps;
  }

  private static Set<Integer> union(List<Set<Integer>> masks) {
    Set<Integer> union = new TreeSet<>();
    masks.forEach(union::addAll);
    return union;
  }

  private static List<Set<Integer>> masks(String policy, int layer) {
    ReplayMasks masks = new ReplayMasks(trace, point(policy(policy), "none", 1), layer, 0);
    List<Set<Integer>> all = new ArrayList<>();
    while (masks.hasNext()) {
      UnitSet mask = masks.next();
      Set<Integer> units = new TreeSet<>();
      for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
        units.add(unit);
      }
      all.add(units);
    }
    return all;
  }

  private static MaskPolicy policy(String spec) {
    return Policies.create(Policies.parse(spec), new PolicyContext(trace.model(), trace));
  }

  private static ReplayPoint point(MaskPolicy policy, String cache, int window) {
    int[] columns = new int[policy.groups().size()];
    Arrays.fill(columns, CAPACITY);
    return new ReplayPoint(
        policy,
        Caches.parse(cache),
        columns,
        0,
        SequenceStart.COLD,
        FetchRules.plain(columns.length).inWindows(window));
  }

  private static Demand replay(String policy, String cache, int window) {
    return new Replay(trace, 2, Progress.SILENT)
        .run(List.of(point(policy(policy), cache, window)))
        .get(0);
  }
}
