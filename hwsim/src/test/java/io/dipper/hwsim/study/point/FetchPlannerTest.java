package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import io.dipper.proto.WeightBits;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FetchPlannerTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @AutoClose private static final TraceReader trace = TraceReader.open(TRACE);
  private static final Simulation simulation = Simulation.of(TRACE, trace, 2, Progress.SILENT);

  /** At 8 bits an input column has I bytes, a GLU column H. */
  private static PlannedPoint plan(LayoutKind layout, UnitOrder order, double maxGap) {
    return simulation.plan(config("dip:density=0.5", layout, order, maxGap));
  }

  private static PointConfig config(
      String policy, LayoutKind layout, UnitOrder order, double maxGap) {
    return simulation.complete(
        PointConfig.newBuilder()
            .setHardware(HardwareProfiles.resolve("snapdragon-8-gen-3").profile())
            .setPolicy(Policies.parse(policy))
            .setCapacity(Capacities.cacheFraction(0.4))
            .setBits(WeightBits.newBuilder().setMlp(8))
            .setLayout(layout)
            .setUnitOrder(order)
            .setMaxGap(maxGap)
            .build());
  }

  @Test
  void aGap_isTheUnitsThatFitIntoItsBytes() {
    int columnX = trace.model().getIntermediateSize();
    int columnH = trace.model().getHiddenSize();
    double gap = 2.5 * columnX;
    int ofH = (int) Math.floor(gap / columnH);
    assertThat(gaps(LayoutKind.COLUMN_MAJOR, gap)).containsExactly(2, ofH);
    assertThat(gaps(LayoutKind.COLUMN_MAJOR, 3 * columnX)).startsWith(3);
    assertThat(gaps(LayoutKind.BUNDLED, gap)).containsExactly(1, ofH);
    assertThat(gaps(LayoutKind.COLUMN_MAJOR, columnH - 1)).containsExactly(0, 0);
    // A weight of each unit side by side; no gap is longer than the row.
    assertThat(gaps(LayoutKind.ROW_MAJOR, 7)).containsExactly(7, 7);
    assertThat(gaps(LayoutKind.ROW_MAJOR, 1e12)).containsExactly(columnH, columnX);
  }

  private static List<Integer> gaps(LayoutKind layout, double maxGap) {
    return plan(layout, UnitOrder.NATURAL, maxGap).fetch().ofUnits().gapUnits();
  }

  @Test
  void pointsWhoseGapsAreAsManyUnits_shareADemand() {
    int columnX = trace.model().getIntermediateSize();
    PlannedPoint none = plan(LayoutKind.COLUMN_MAJOR, UnitOrder.NATURAL, 0);
    PlannedPoint belowAUnit = plan(LayoutKind.COLUMN_MAJOR, UnitOrder.NATURAL, 1);
    PlannedPoint bundled = plan(LayoutKind.BUNDLED, UnitOrder.NATURAL, 1);
    PlannedPoint aUnit = plan(LayoutKind.COLUMN_MAJOR, UnitOrder.NATURAL, columnX);
    PlannedPoint ordered = plan(LayoutKind.COLUMN_MAJOR, UnitOrder.CO_ACTIVATION, 0);
    assertThat(belowAUnit.replayPoint().demand())
        .isEqualTo(none.replayPoint().demand())
        .isEqualTo(bundled.replayPoint().demand());
    assertThat(aUnit.replayPoint().demand()).isNotEqualTo(none.replayPoint().demand());
    assertThat(ordered.replayPoint().demand()).isNotEqualTo(none.replayPoint().demand());
    assertThat(plan(LayoutKind.BUNDLED, UnitOrder.CO_ACTIVATION, 0).replayPoint().demand())
        .isEqualTo(ordered.replayPoint().demand());
  }

  @Test
  void theJson_countsRunsAndWhatIsReadOver() throws IOException {
    PointConfig plain = config("dip:density=0.5", LayoutKind.BUNDLED, UnitOrder.NATURAL, 0);
    PointConfig gaps = plain.toBuilder().setMaxGap(1e12).build();
    JsonNode without = new ObjectMapper().readTree(simulation.run(plain).json());
    JsonNode with = new ObjectMapper().readTree(simulation.run(gaps).json());
    assertThat(without.has("overread_h_by_layer")).isFalse();
    for (int layer = 0; layer < trace.model().getLayers(); layer++) {
      // One run for each token that misses anything.
      assertThat(with.get("missed_runs_h_by_layer").get(layer).asInt())
          .isBetween(1, trace.tokens());
      assertThat(without.get("missed_runs_h_by_layer").get(layer).asInt())
          .isGreaterThan(10 * trace.tokens());
      assertThat(with.get("overread_h_by_layer").get(layer).asInt())
          .isGreaterThan(10 * trace.tokens());
    }
  }

  @Test
  void thePapersAccounting_knowsNeitherOrderNorGaps() {
    PointConfig config =
        config("dip:density=0.5", LayoutKind.COLUMN_MAJOR, UnitOrder.CO_ACTIVATION, 1e6);
    PointConfig paper =
        simulation.complete(
            config.toBuilder().setAccounting(AccountingKind.PAPER).setMinRequest(1e5).build());
    assertThat(paper.getUnitOrder()).isEqualTo(UnitOrder.NATURAL);
    assertThat(paper.getMaxGap()).isZero();
    assertThat(paper.getMinRequest()).isZero();
    assertThat(simulation.plan(paper).fetch()).isEqualTo(FetchRules.plain(2));
  }

  @Test
  void whatIsRead_isNeverLessThanWhatIsWanted_andGrowsWithTheGap() {
    List<PlannedPoint> points = new ArrayList<>();
    for (double gap : new double[] {0, 2000, 20_000}) {
      for (UnitOrder order : List.of(UnitOrder.NATURAL, UnitOrder.CO_ACTIVATION)) {
        PointConfig config = config("dip:density=0.5", LayoutKind.BUNDLED, order, gap);
        points.add(simulation.plan(config));
      }
    }
    List<PointRow> rows = new ArrayList<>();
    simulation.run(points, point -> rows.add(point.row()));
    assertThat(rows).hasSize(6);
    for (PointRow row : rows) {
      assertThat(row.demand().traffic().flashBytesPerToken())
          .isEqualTo(rows.get(0).demand().traffic().flashBytesPerToken());
      assertThat(row.time().reads().flashBytesReadPerToken())
          .isGreaterThanOrEqualTo(row.demand().traffic().flashBytesPerToken());
      assertThat(row.setup().value(PointSettings.LAYOUT)).isEqualTo("bundled");
    }
    assertThat(rows)
        .extracting(row -> row.setup().value(PointSettings.UNIT_ORDER))
        .contains("natural", "co-activation");
    assertThat(rows)
        .extracting(row -> row.setup().value(PointSettings.MAX_GAP))
        .contains(0.0, 2000.0, 20_000.0);
  }

  @Test
  void readingALayerEarly_needsMasksThatAreKnownThen() {
    PointConfig dip =
        config("dip:density=0.5", LayoutKind.COLUMN_MAJOR, UnitOrder.NATURAL, 0).toBuilder()
            .setSpeculation(Speculation.LOOK_AHEAD)
            .build();
    assertThatThrownBy(() -> simulation.plan(dip))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "speculation look-ahead reads for masks that are known a layer early, and those of"
                + " policy dip are not; choose policy look-ahead, or a predictor trained with"
                + " --look-ahead");
    PointConfig ahead =
        config("look-ahead:density=0.5", LayoutKind.COLUMN_MAJOR, UnitOrder.NATURAL, 0).toBuilder()
            .setSpeculation(Speculation.LOOK_AHEAD)
            .build();
    assertThat(simulation.plan(ahead).fetch().ofUnits().speculation())
        .isEqualTo(Speculation.LOOK_AHEAD);
  }
}
