package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.testing.SharedData;
import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks that are chosen by another signal than their units' own. */
class OtherSignalsTest {
  @AutoClose
  private static final TraceReader trace =
      TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));

  @Test
  void lookAhead_choosesInputsByTheLayerBefore_andTheFirstLayerByItself() {
    MaskPolicy policy = policy("look-ahead:keep_x=0.25,keep_h=0.5");
    Map<String, Set<Integer>> masks = masks(point(policy, "lru", 70, 300));
    for (int layer = 0; layer < 6; layer++) {
      SiteColumn looked = trace.column(Math.max(0, layer - 1), Site.X);
      SiteColumn glu = trace.column(layer, Site.GLU);
      for (int row : new int[] {0, 15, 16, 127, 128, 383}) {
        assertThat(masks.get("0/" + layer + "/" + row)).isEqualTo(largest(looked, row, 0.25));
        assertThat(masks.get("1/" + layer + "/" + row)).isEqualTo(largest(glu, row, 0.5));
      }
    }
  }

  /** Two signals of another width than the units. */
  @Test
  void aPredictor_looksAtSeveralSignals_andChoosesUnitsOfAnotherSpace() {
    MaskPolicy policy = MixedSignals.policy(trace.model(), 100);
    Demand demand = replay(point(policy, "lfu", 200));
    Map<String, Set<Integer>> masks = masks(point(policy, "lfu", 200));
    for (int layer = 0; layer < 6; layer++) {
      for (int row : new int[] {0, 17, 128, 383}) {
        float[] here = values(trace.column(layer, Site.X), row);
        float[] before = values(trace.column(Math.max(0, layer - 1), Site.X), row);
        assertThat(masks.get("0/" + layer + "/" + row))
            .isEqualTo(MixedSignals.largest(here, before, 512, 100));
        assertThat(demand.selected(0, layer, row)).isEqualTo(100);
      }
    }
    assertThat(demand.groups().get(0).scoresItself()).isFalse();
    assertThat(demand.density()).isEqualTo(100.0 / 512);
    assertThat(demand.retainedEnergy(0)).isBetween(0.05, 0.9);
  }

  @Test
  void recall_isTheShareOfTheLargestThatTheMaskHas_andOfPredictedMasksAlone() {
    Demand demand = replay(point(policy("look-ahead:keep_x=0.25,keep_h=0.5"), "lru", 70, 300));
    int k = trace.model().getHiddenSize() / 4;
    for (int layer = 0; layer < 6; layer++) {
      double sum = 0;
      for (int row = 0; row < 384; row++) {
        Set<Integer> found = largest(trace.column(Math.max(0, layer - 1), Site.X), row, 0.25);
        found.retainAll(largest(trace.column(layer, Site.X), row, 0.25));
        sum += (double) found.size() / k;
      }
      assertThat(demand.recall(0, layer)).isCloseTo(sum / 384, within(1e-12));
      assertThat(demand.recall(1, layer)).isNaN();
    }
    assertThat(demand.recall(0, 0)).isEqualTo(1);
    assertThat(demand.recall(0, 3)).isBetween(0.3, 0.99);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lru", "lfu:admission=bypass", "belady", "hot", "none"})
  void anyCompanyAndAnyThreads_giveTheSameHits(String cache) {
    ReplayPoint ahead = point(policy("look-ahead:density=0.5"), cache, 80, 200);
    ReplayPoint dip = point(policy("dip:density=0.5"), cache, 80, 200);
    List<Demand> together = new Replay(trace, 2, Progress.SILENT).run(List.of(dip, ahead));
    for (ReplayPoint point : List.of(dip, ahead)) {
      Demand alone = replay(point);
      Demand beside = together.get(point == dip ? 0 : 1);
      for (int group = 0; group < 2; group++) {
        for (int layer = 0; layer < 6; layer++) {
          assertThat(beside.hitsTotal(group, layer)).isEqualTo(alone.hitsTotal(group, layer));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lru:overflow=by-score", "belady:overflow=by-score"})
  void overflowByScore_isRefused_whereUnitsHaveNone(String cache) {
    assertThatThrownBy(() -> point(policy("look-ahead:density=0.5"), cache, 80, 200))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("policy look-ahead")
        .hasMessageContaining("choose lowest-index or random");
    assertThat(replay(point(policy("dip:density=0.5"), cache, 80, 200)).tokens()).isEqualTo(384);
  }

  private static Set<Integer> largest(SiteColumn column, int row, double share) {
    float[] values = values(column, row);
    return NaiveTopK.of(NaiveTopK.magnitudes(values), (int) (share * values.length));
  }

  private static float[] values(SiteColumn column, int row) {
    short[] bits = new short[column.width()];
    float[] values = new float[column.width()];
    column.read(row, bits);
    Fp16.decode(bits, 0, values, 0, bits.length);
    return values;
  }

  private static Map<String, Set<Integer>> masks(ReplayPoint point) {
    Map<String, Set<Integer>> masks = new ConcurrentHashMap<>();
    new Replay(trace, 2, Progress.SILENT)
        .run(
            List.of(point),
            (p, access) ->
                masks.put(
                    access.group() + "/" + access.layer() + "/" + access.row(),
                    NaiveTopK.members(access.wanted())));
    return masks;
  }

  private static Demand replay(ReplayPoint point) {
    return new Replay(trace, 1, Progress.SILENT).run(List.of(point)).get(0);
  }

  private static MaskPolicy policy(String text) {
    return Policies.create(Policies.parse(text), new PolicyContext(trace.model(), trace));
  }

  private static ReplayPoint point(MaskPolicy policy, String cache, int... columns) {
    return new ReplayPoint(
        policy,
        Caches.parse(cache),
        columns,
        42,
        new SequenceStart(CacheStart.COLD, new HotUnits(trace)),
        FetchRules.plain(columns.length));
  }
}
