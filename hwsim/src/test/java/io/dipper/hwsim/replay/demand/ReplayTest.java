package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.CacheContext;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Replay of the embedded model's trace: what holds whatever the policy. */
class ReplayTest {
  @AutoClose
  private static final TraceReader trace =
      TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));

  @Test
  void anyNumberOfThreads_givesTheSameDemand() {
    List<ReplayPoint> points = points();
    List<Demand> one = new Replay(trace, 1, Progress.SILENT).run(points);
    List<Demand> three = new Replay(trace, 3, Progress.SILENT).run(points);
    for (int p = 0; p < points.size(); p++) {
      assertSame(one.get(p), three.get(p));
    }
  }

  @Test
  void pointsThatShareAPolicy_countAsIfEachRanAlone() {
    List<ReplayPoint> points = points();
    List<Demand> together = new Replay(trace, 2, Progress.SILENT).run(points);
    for (int p = 0; p < points.size(); p++) {
      Demand alone = new Replay(trace, 1, Progress.SILENT).run(List.of(points.get(p))).get(0);
      assertSame(together.get(p), alone);
    }
  }

  @Test
  void masksOneByOne_areThoseOfTheWholeReplay() {
    ReplayPoint point = point(policy("dip-ca:density=0.5"), "lfu", 80, 200);
    Map<String, long[]> heard = new ConcurrentHashMap<>();
    new Replay(trace, 2, Progress.SILENT)
        .run(
            List.of(point),
            (p, access) ->
                heard.put(
                    access.group() + "/" + access.layer() + "/" + access.row(),
                    access.wanted().words().clone()));
    assertThat(heard).hasSize(2 * 6 * 384);
    for (int group = 0; group < 2; group++) {
      ReplayMasks masks = new ReplayMasks(trace, point, 4, group);
      int row = 0;
      while (masks.hasNext()) {
        assertThat(masks.next().words()).isEqualTo(heard.get(group + "/4/" + row++));
      }
      assertThat(row).isEqualTo(384);
    }
  }

  @Test
  void missedRuns_areThoseThatAreFoundUnitByUnit() {
    ReplayPoint point = point(policy("dip-ca:density=0.5"), "lru", 80, 200);
    Demand demand = new Replay(trace, 2, Progress.SILENT).run(List.of(point)).get(0);
    for (int group = 0; group < 2; group++) {
      ReplayMasks masks = new ReplayMasks(trace, point, 2, group);
      int units = demand.groups().get(group).units();
      CacheContext context = CacheContext.of(units, point.cacheColumns()[group], 42);
      UnitCache cache = Caches.create(point.cache(), context);
      for (int row = 0; row < 128; row++) {
        UnitSet mask = masks.next();
        assertThat(demand.missedRuns(group, 2, row)).isEqualTo(runs(mask, cache.cached()));
        cache.update(mask, new float[units]);
      }
    }
  }

  private static int runs(UnitSet mask, UnitSet cached) {
    int runs = 0;
    boolean inside = false;
    for (int unit = 0; unit < mask.size(); unit++) {
      boolean missed = mask.contains(unit) && !cached.contains(unit);
      runs += missed && !inside ? 1 : 0;
      inside = missed;
    }
    return runs;
  }

  @Test
  void hitsAndSelections_areConserved() {
    List<ReplayPoint> points = points();
    List<Demand> demands = new Replay(trace, 2, Progress.SILENT).run(points);
    for (int p = 0; p < points.size(); p++) {
      Demand demand = demands.get(p);
      for (int g = 0; g < demand.groups().size(); g++) {
        int capacity = points.get(p).cacheColumns()[g];
        for (int layer = 0; layer < demand.layers(); layer++) {
          for (int row = 0; row < demand.tokens(); row++) {
            assertThat(demand.hits(g, layer, row))
                .isBetween(0, Math.min(capacity, demand.selected(g, layer, row)));
          }
          assertThat(demand.hits(g, layer, 0)).isZero();
          assertThat(demand.hits(g, layer, 128)).as("a new sequence").isZero();
        }
      }
    }
  }

  @Test
  void densities_followFromTheDeclaration() {
    assertThat(density("dense")).isEqualTo(1);
    assertThat(density("glu:keep=0.5")).isCloseTo((2 + 0.5) / 3, within(1e-12));
    assertThat(density("glu-oracle:keep=0.25")).isCloseTo(0.25, within(1e-12));
    assertThat(density("gate:keep=0.5")).isCloseTo((1 + 2 * 0.5) / 3, within(1e-12));
    assertThat(density("up:keep=0.25")).isCloseTo((1 + 2 * 0.25) / 3, within(1e-12));
    assertThat(density("dip:keep_x=0.5,keep_h=0.25")).isCloseTo(1.25 / 3, within(1e-12));
    assertThat(density("dip:density=0.5")).isCloseTo(0.5, within(0.005));
    assertThat(density("cats:keep=0.5")).isCloseTo(2.0 / 3, within(1e-3));
    assertThat(density("teal:keep=0.5")).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void retainedEnergy_isTheSelectedShareOfSquaredContributions() {
    MaskPolicy policy = policy("gate:keep=0.5");
    ReplayPoint point = point(policy, "none", 0);
    Demand demand = new Replay(trace, 2, Progress.SILENT).run(List.of(point)).get(0);
    ColumnNorms norms = Objects.requireNonNull(trace.norms());
    double sum = 0;
    for (int layer = 0; layer < 6; layer++) {
      ReplayMasks masks = new ReplayMasks(trace, point, layer, 0);
      SiteColumn glu = trace.column(layer, Site.GLU);
      UnitSet every = new UnitSet(glu.width());
      every.fill();
      double kept = 0;
      double all = 0;
      for (int row = 0; row < glu.rows(); row++) {
        kept += energy(row(glu, row), norms.down(layer), masks.next());
        all += energy(row(glu, row), norms.down(layer), every);
      }
      assertThat(demand.retainedEnergy(0, layer)).isCloseTo(kept / all, within(1e-6));
      sum += kept / all;
    }
    assertThat(demand.retainedEnergy(0)).isCloseTo(sum / 6, within(1e-6));
    assertThat(retained("dense")).isEqualTo(1);
  }

  @Test
  void normAwareSelection_retainsMoreEnergyThanMagnitudesAlone() {
    assertThat(retained("wina:density=0.3")).isGreaterThan(retained("dip:density=0.3"));
  }

  @Test
  void belady_isRefusedWhereMasksDependOnTheCache() {
    assertThatThrownBy(() -> point(policy("dip-ca:density=0.5"), "belady", 9, 9))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("choose lfu or lru");
  }

  @Test
  void aUsersErrorInAWorker_reachesTheCaller() {
    ReplayPoint point = point(policy("approximate:density=0.5,gamma=0.3"), "lru", 9, 9);
    Replay replay = new Replay(trace, 2, Progress.SILENT);
    assertThatThrownBy(() -> replay.run(List.of(point)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("counts uses");
  }

  private static List<ReplayPoint> points() {
    MaskPolicy dip = policy("dip:density=0.5");
    List<ReplayPoint> points = new ArrayList<>();
    for (String cache : List.of("none", "lru", "lfu:overflow=random", "belady")) {
      points.add(point(dip, cache, 70, 300));
      points.add(point(dip, cache, 192, 100));
    }
    points.add(point(policy("dip-ca:density=0.5,warm_up=true,fixed_top=0.3"), "lfu", 80, 200));
    points.add(point(policy("dip-ca:density=0.5,blend=true"), "lru", 80, 200));
    points.add(point(policy("up:keep=0.3"), "lru", 100));
    return points;
  }

  private static double density(String text) {
    MaskPolicy policy = policy(text);
    ReplayPoint point = point(policy, "none", new int[policy.groups().size()]);
    return new Replay(trace, 2, Progress.SILENT).run(List.of(point)).get(0).density();
  }

  private static double retained(String text) {
    return new Replay(trace, 2, Progress.SILENT)
        .run(List.of(point(policy(text), "none", 0, 0)))
        .get(0)
        .retainedEnergy(0);
  }

  private static double energy(float[] values, float[] norms, UnitSet mask) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += mask.contains(i) ? Math.pow((double) values[i] * norms[i], 2) : 0;
    }
    return sum;
  }

  private static float[] row(SiteColumn column, int row) {
    short[] bits = new short[column.width()];
    float[] values = new float[column.width()];
    column.read(row, bits);
    Fp16.decode(bits, 0, values, 0, bits.length);
    return values;
  }

  private static MaskPolicy policy(String text) {
    return Policies.create(Policies.parse(text), new PolicyContext(trace.model(), trace));
  }

  private static ReplayPoint point(MaskPolicy policy, String cache, int... columns) {
    return new ReplayPoint(policy, Caches.parse(cache), columns, 42);
  }

  private static void assertSame(Demand one, Demand two) {
    for (int g = 0; g < one.groups().size(); g++) {
      for (int layer = 0; layer < one.layers(); layer++) {
        for (int row = 0; row < one.tokens(); row++) {
          assertThat(two.selected(g, layer, row)).isEqualTo(one.selected(g, layer, row));
          assertThat(two.hits(g, layer, row)).isEqualTo(one.hits(g, layer, row));
          assertThat(two.missedRuns(g, layer, row)).isEqualTo(one.missedRuns(g, layer, row));
        }
      }
      assertThat(two.retainedEnergy(g)).isEqualTo(one.retainedEnergy(g));
    }
  }
}
