package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.NaiveCache;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.testing.SharedData;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What caches hold when a sequence begins, cold, carried over or filled beforehand. */
class CacheStartTest {
  /** GLU units of the embedded model. */
  private static final int UNITS = 512;

  /** Means 1.5, 4, 1, 3.5, 0.5, 3: the hottest units are 1, 3, 5, 0. */
  private static final ArrayRecording BY_HAND =
      new ArrayRecording(
          new float[][][] {
            {
              {1, -6, 0, 3, 1, 5},
              {2, 2, -2, -4, 0, 1},
            }
          },
          1,
          1);

  @Test
  void prefilledCaches_serveTheFirstToken() {
    // Top 3 of row 0: units 1, 5, 3; of row 1: 3, then 0 and 1, whose ties with 2 go to them.
    assertThat(firstHits(CacheStart.COLD, 2)).containsExactly(0, 0);
    assertThat(firstHits(CacheStart.PREFILLED, 1)).containsExactly(1, 1);
    assertThat(firstHits(CacheStart.PREFILLED, 2)).containsExactly(2, 2);
    assertThat(firstHits(CacheStart.PREFILLED, 3)).containsExactly(3, 2);
    assertThat(firstHits(CacheStart.PREFILLED, 4)).containsExactly(3, 3);
    assertThat(firstHits(CacheStart.PREFILLED, 99)).containsExactly(3, 3);
    assertThat(firstHits(CacheStart.CARRIED, 3)).containsExactly(0, 2);
  }

  private static List<Integer> firstHits(CacheStart start, int columns) {
    Demand demand = replay(BY_HAND, point(BY_HAND, "up:keep=0.5", "lru", start, columns));
    return List.of(demand.hits(0, 0, 0), demand.hits(0, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lru", "lfu", "belady"})
  void carriedOverNothing_isCold(String cache) {
    Recording one = new ArrayRecording(BY_HAND.values(), 2);
    Demand cold = replay(one, point(one, "up:keep=0.5", cache, CacheStart.COLD, 4));
    Demand carried = replay(one, point(one, "up:keep=0.5", cache, CacheStart.CARRIED, 4));
    assertThat(rows(carried)).isEqualTo(rows(cold));
  }

  @Test
  void noCache_holdsNothingHoweverItBegins() {
    for (CacheStart start : List.of(CacheStart.CARRIED, CacheStart.PREFILLED)) {
      assertThat(replay(BY_HAND, point(BY_HAND, "up:keep=0.5", "none", start, 4)).hitsTotal(0, 0))
          .isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lru, CARRIED", "lfu, CARRIED", "belady, CARRIED",
    "lru, PREFILLED", "lfu, PREFILLED", "belady, PREFILLED"
  })
  void hits_areThoseOfSetsAndSorting(String cache, CacheStart start) {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      int capacity = 90;
      ReplayPoint point = point(trace, "glu:keep=0.3", cache, start, capacity);
      Demand demand = replay(trace, point);
      NaiveCache.Kind kind = NaiveCache.Kind.valueOf(cache.toUpperCase(Locale.ROOT));
      for (int layer = 0; layer < demand.layers(); layer++) {
        List<Set<Integer>> masks = masks(trace, point, layer);
        Set<Integer> hottest = hottest(trace, layer, capacity);
        NaiveCache before = null;
        for (int first = 0; first < masks.size(); first += 128) {
          List<Set<Integer>> sequence = masks.subList(first, first + 128);
          NaiveCache naive = begun(kind, before, start, hottest, capacity, sequence);
          for (int i = 0; i < sequence.size(); i++) {
            Set<Integer> hit = new TreeSet<>(sequence.get(i));
            hit.retainAll(naive.cached);
            assertThat(demand.hits(0, layer, first + i))
                .as("row %d", first + i)
                .isEqualTo(hit.size());
            naive.update(sequence.get(i), new float[UNITS]);
          }
          before = naive;
        }
      }
    }
  }

  private static NaiveCache begun(
      NaiveCache.Kind kind,
      @Nullable NaiveCache before,
      CacheStart start,
      Set<Integer> hottest,
      int capacity,
      List<Set<Integer>> masks) {
    if (start == CacheStart.CARRIED && before != null) {
      before.carry(masks);
      return before;
    }
    if (start == CacheStart.CARRIED) {
      return new NaiveCache(kind, UNITS, capacity, false, masks);
    }
    List<Set<Integer>> withPrompt = new ArrayList<>(List.of(hottest));
    withPrompt.addAll(masks);
    NaiveCache naive = new NaiveCache(kind, UNITS, capacity, false, withPrompt);
    naive.update(hottest, new float[UNITS]);
    return naive;
  }

  private static Set<Integer> hottest(Recording trace, int layer, int count) {
    double[] sums = new double[UNITS];
    short[] bits = new short[UNITS];
    SiteColumn column = trace.column(layer, Site.GLU);
    for (int row = 0; row < column.rows(); row++) {
      column.read(row, bits);
      for (int unit = 0; unit < UNITS; unit++) {
        sums[unit] += Math.abs(Fp16.decode(bits[unit]));
      }
    }
    Set<Integer> hottest = new TreeSet<>();
    while (hottest.size() < count) {
      int best = -1;
      for (int unit = 0; unit < UNITS; unit++) {
        boolean free = !hottest.contains(unit);
        best = free && (best < 0 || sums[unit] > sums[best]) ? unit : best;
      }
      hottest.add(best);
    }
    return hottest;
  }

  private static List<Set<Integer>> masks(Recording trace, ReplayPoint point, int layer) {
    List<Set<Integer>> masks = new ArrayList<>();
    new Replay(trace, 1, Progress.SILENT)
        .run(
            List.of(point),
            (p, access) -> {
              if (access.layer() == layer) {
                UnitSet mask = access.wanted();
                Set<Integer> members = new TreeSet<>();
                IntStream.range(0, mask.size()).filter(mask::contains).forEach(members::add);
                masks.add(members);
              }
            });
    return masks;
  }

  /** The first token of a sequence is DIP's, and warming up counts tokens from there. */
  @Test
  void cacheAwareMasks_countTokensFromTheSequencesFirst() {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      String aware = "dip-ca:density=0.5,warm_up=true";
      ReplayPoint prefilled = point(trace, aware, "lfu", CacheStart.PREFILLED, 80, 200);
      ReplayPoint plain = point(trace, "dip:density=0.5", "none", CacheStart.COLD, 0, 0);
      for (int group = 0; group < 2; group++) {
        ReplayMasks masks = new ReplayMasks(trace, prefilled, 3, group);
        ReplayMasks expected = new ReplayMasks(trace, plain, 3, group);
        AtomicInteger different = new AtomicInteger();
        for (int row = 0; row < 384; row++) {
          boolean same = Arrays.equals(masks.next().words(), expected.next().words());
          assertThat(same || row % 128 != 0).as("row %d", row).isTrue();
          different.addAndGet(same ? 0 : 1);
        }
        assertThat(different.get()).isPositive();
        assertThat(masks.hits()).isPositive();
      }
    }
  }

  @Test
  void anyNumberOfThreads_givesTheSameHits() {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      for (CacheStart start : List.of(CacheStart.CARRIED, CacheStart.PREFILLED)) {
        ReplayPoint point = point(trace, "dip-ca:density=0.5", "lfu", start, 80, 200);
        Demand two = new Replay(trace, 2, Progress.SILENT).run(List.of(point)).get(0);
        assertThat(rows(replay(trace, point))).isEqualTo(rows(two));
      }
    }
  }

  private static List<Integer> rows(Demand demand) {
    List<Integer> rows = new ArrayList<>();
    for (int group = 0; group < demand.groups().size(); group++) {
      for (int layer = 0; layer < demand.layers(); layer++) {
        for (int row = 0; row < demand.tokens(); row++) {
          rows.add(demand.hits(group, layer, row));
          rows.add(demand.missedRuns(group, layer, row));
        }
      }
    }
    return rows;
  }

  private static Demand replay(Recording recording, ReplayPoint point) {
    return new Replay(recording, 1, Progress.SILENT).run(List.of(point)).get(0);
  }

  private static ReplayPoint point(
      Recording recording, String policy, String cache, CacheStart start, int... columns) {
    MaskPolicy made =
        Policies.create(Policies.parse(policy), new PolicyContext(recording.model(), recording));
    return new ReplayPoint(
        made,
        Caches.parse(cache),
        columns,
        42,
        new SequenceStart(start, new HotUnits(recording)),
        FetchRules.plain(columns.length));
  }
}
