package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Speculation;
import io.dipper.testing.SharedData;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnitOrderTest {
  private static final int UNITS = 128;
  private static final int CLUSTERS = 8;

  /** Of two layers; each token has two of eight clusters of GLU units large, dealt in turn. */
  private record Clustered(int tokens) implements Recording {
    @Override
    public ModelShape model() {
      return ModelShape.newBuilder()
          .setHiddenSize(16)
          .setIntermediateSize(UNITS)
          .setLayers(2)
          .build();
    }

    @Override
    public Set<Site> sites() {
      return Set.of(Site.GLU);
    }

    @Override
    public int[] sequenceLengths() {
      return new int[] {tokens};
    }

    @Override
    public SiteColumn column(int layer, Site site) {
      if (site != Site.GLU) {
        throw new UserException("site '" + site.id() + "' was not recorded");
      }
      return new SiteColumn() {
        @Override
        public int width() {
          return UNITS;
        }

        @Override
        public int rows() {
          return tokens;
        }

        @Override
        public void read(int row, short[] out) {
          float[] values = new float[UNITS];
          for (int unit = 0; unit < UNITS; unit++) {
            int behind = Math.floorMod(unit - row - layer, CLUSTERS);
            values[unit] = (behind < 2 ? 100 : behind < 4 ? 10 : 1) + unit % 3 * 0.1f;
          }
          Fp16.encode(values, 0, out, 0, UNITS);
        }
      };
    }

    @Override
    public @Nullable ColumnNorms norms() {
      return null;
    }
  }

  @Test
  void unitsThatAreSelectedTogether_areOneRun() {
    Recording recording = new Clustered(64);
    MaskPolicy policy = policy("glu:keep=0.25", recording);
    List<Demand> demands =
        new Replay(recording, 2, Progress.SILENT)
            .run(
                List.of(
                    point(policy, UnitPlaces.NATURAL, 0),
                    point(policy, new CoActivationPlaces(recording), 0)));
    for (int layer = 0; layer < 2; layer++) {
      assertThat(demands.get(0).selectedTotal(0, layer)).isEqualTo(64 * 32);
      assertThat(demands.get(1).selectedTotal(0, layer)).isEqualTo(64 * 32);
      // In the model's order two neighbours of every eight; in the other the two clusters, each as
      // one run, or both where they are neighbours.
      assertThat(demands.get(0).total(Count.MISSED_RUNS, 0, layer)).isGreaterThanOrEqualTo(64 * 16);
      assertThat(demands.get(1).total(Count.MISSED_RUNS, 0, layer)).isLessThanOrEqualTo(64 * 2);
    }
  }

  @Test
  void places_areAPermutation_oneForEachLayerAndSite_andKept() {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      UnitGroup x = Groups.inputAndGlu(trace.model()).get(0);
      UnitGroup glu = Groups.inputAndGlu(trace.model()).get(1);
      CoActivationPlaces places = new CoActivationPlaces(trace);
      int[] first = places.of(2, glu);
      assertThat(IntStream.of(first).sorted().toArray())
          .containsExactly(IntStream.range(0, Site.GLU.width(trace.model())).toArray());
      assertThat(places.of(2, glu)).isSameAs(first);
      assertThat(places.of(2, x)).hasSize(Site.X.width(trace.model()));
      assertThat(places.of(3, glu)).isNotEqualTo(first);
      assertThat(new CoActivationPlaces(trace).of(2, glu)).containsExactly(first);
    }
  }

  @Test
  void aSiteThatWasNotRecorded_isNamed() {
    Recording recording = new Clustered(8);
    CoActivationPlaces places = new CoActivationPlaces(recording);
    UnitGroup x = Groups.inputAndGlu(recording.model()).get(0);
    assertThatThrownBy(() -> places.of(0, x))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("site 'x' was not recorded");
  }

  @Test
  void anyFetchRules_countTheSameMasks_togetherAloneAndOnAnyThreads() {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      UnitPlaces byUse = new CoActivationPlaces(trace);
      for (String name : List.of("dip:density=0.5", "dip-ca:density=0.5,gamma=0.2")) {
        MaskPolicy policy = policy(name, trace);
        List<ReplayPoint> points = new ArrayList<>();
        for (UnitPlaces places : List.of(UnitPlaces.NATURAL, byUse)) {
          for (int gap : new int[] {0, 3, 100}) {
            points.add(point(policy, places, gap));
          }
        }
        List<Demand> together = new Replay(trace, 3, Progress.SILENT).run(points);
        for (int p = 0; p < points.size(); p++) {
          Demand alone = new Replay(trace, 1, Progress.SILENT).run(List.of(points.get(p))).get(0);
          assertSame(together.get(p), alone);
          assertRight(together.get(p), together.get(p / 3 * 3), together.get(0));
        }
      }
    }
  }

  /** Masks and hits are those of any rules; a longer gap reads more in fewer runs. */
  private static void assertRight(Demand demand, Demand withoutGaps, Demand plain) {
    for (int group = 0; group < 2; group++) {
      for (int layer = 0; layer < demand.layers(); layer++) {
        for (int row = 0; row < demand.tokens(); row++) {
          int runs = demand.missedRuns(group, layer, row);
          int closed = withoutGaps.missedRuns(group, layer, row) - runs;
          assertThat(demand.selected(group, layer, row))
              .isEqualTo(plain.selected(group, layer, row));
          assertThat(demand.hits(group, layer, row)).isEqualTo(plain.hits(group, layer, row));
          assertThat(closed).isNotNegative();
          assertThat(demand.count(Count.OVERREAD, group, layer, row))
              .isGreaterThanOrEqualTo(closed);
        }
      }
    }
  }

  private static void assertSame(Demand one, Demand other) {
    assertThat(one.counted()).isEqualTo(other.counted());
    for (Count count : one.counted()) {
      for (int layer = 0; layer < one.layers(); layer++) {
        for (int row = 0; row < one.tokens(); row++) {
          assertThat(one.count(count, 1, layer, row)).isEqualTo(other.count(count, 1, layer, row));
        }
      }
    }
  }

  private static MaskPolicy policy(String text, Recording recording) {
    return Policies.create(
        Policies.resolve(Policies.parse(text)), new PolicyContext(recording.model(), recording));
  }

  private static ReplayPoint point(MaskPolicy policy, UnitPlaces places, int gap) {
    int groups = policy.groups().size();
    int[] columns = groups == 1 ? new int[] {0} : new int[] {80, 200};
    return new ReplayPoint(
        policy,
        Caches.parse(groups == 1 ? "none" : "lfu"),
        columns,
        0,
        SequenceStart.COLD,
        new FetchRules(places, Collections.nCopies(groups, gap), Speculation.NO_SPECULATION));
  }
}
