package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.proto.UnitOrder;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FastestWayTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @AutoClose private static final TraceReader trace = TraceReader.open(TRACE);
  private static final Simulation simulation = Simulation.of(TRACE, trace, 2, Progress.SILENT);

  private static PointConfig config(String device, String policy, LayoutKind layout) {
    return simulation.complete(
        PointConfig.newBuilder()
            .setHardware(HardwareProfiles.resolve(device).profile())
            .setPolicy(Policies.parse(policy))
            .setCapacity(Capacities.cacheFraction(0.4))
            .setLayout(layout)
            .build());
  }

  /** The naive twin: every way by itself. */
  @ParameterizedTest
  @CsvSource({
    "snapdragon-8-gen-3, dip:density=0.5",
    "emmc-5-1, gate:keep=0.3",
    "oneplus-15r, dip-ca:density=0.5",
    "paper, up:keep=0.4"
  })
  void auto_isTheBestOfTheSeparateRuns(String device, String policy) {
    double best = 0;
    double first = 0;
    for (LayoutKind layout : List.of(LayoutKind.COLUMN_MAJOR, LayoutKind.BUNDLED)) {
      for (UnitOrder order : List.of(UnitOrder.NATURAL, UnitOrder.CO_ACTIVATION)) {
        for (double gap : new double[] {0, 4096, 16_384, 65_536}) {
          PointConfig way =
              config(device, policy, layout).toBuilder().setUnitOrder(order).setMaxGap(gap).build();
          double speed = simulation.run(way).timing().tokensPerSecond();
          first = first == 0 ? speed : first;
          best = Math.max(best, speed);
        }
      }
    }

    FastestWay way = FastestWay.of(simulation, config(device, policy, LayoutKind.AUTO));

    assertThat(way.ways()).isEqualTo(16);
    assertThat(simulation.run(way.config()).timing().tokensPerSecond()).isEqualTo(best);
    assertThat(way.gain()).isEqualTo(best / first);
  }

  @Test
  void whatIsGivenOtherwise_isKept() {
    PointConfig auto = config("emmc-5-1", "dip:density=0.5", LayoutKind.AUTO);
    assertThat(WaysToRead.of(auto.toBuilder().setMaxGap(1000).build()))
        .hasSize(4)
        .allSatisfy(way -> assertThat(way.getMaxGap()).isEqualTo(1000));
    assertThat(WaysToRead.of(auto.toBuilder().setUnitOrder(UnitOrder.CO_ACTIVATION).build()))
        .hasSize(8)
        .allSatisfy(way -> assertThat(way.getUnitOrder()).isEqualTo(UnitOrder.CO_ACTIVATION));
    PointConfig bundled = config("emmc-5-1", "dip:density=0.5", LayoutKind.BUNDLED);
    assertThat(WaysToRead.of(bundled)).containsExactly(bundled);
    assertThat(FastestWay.of(simulation, bundled)).isEqualTo(new FastestWay(bundled, 1, 1));
  }

  @Test
  void whereNothingDependsOnTheLayout_thereIsOneWay() {
    PointConfig dense = config("emmc-5-1", "dense", LayoutKind.AUTO);
    assertThat(WaysToRead.of(dense))
        .containsExactly(config("emmc-5-1", "dense", LayoutKind.COLUMN_MAJOR));
    PointConfig paper =
        simulation.complete(
            config("paper", "dip:density=0.5", LayoutKind.AUTO).toBuilder()
                .setAccounting(AccountingKind.PAPER)
                .build());
    assertThat(WaysToRead.of(paper))
        .singleElement()
        .satisfies(way -> assertThat(way.getLayout()).isEqualTo(LayoutKind.COLUMN_MAJOR));
  }

  @Test
  void aPageCache_hasTwoLayouts() {
    PointConfig paged =
        config("snapdragon-8-gen-3", "dip:density=0.5", LayoutKind.AUTO).toBuilder()
            .setCache(Caches.parse("page-cache"))
            .build();
    assertThat(WaysToRead.of(paged)).hasSize(2);
  }

  @Test
  void aPointThatCannotExistInAnyWay_isRefusedWithTheReason() {
    PointConfig tiny =
        config("emmc-5-1", "dip:density=0.5", LayoutKind.AUTO).toBuilder()
            .setCapacity(Capacities.dram("1 MB"))
            .build();
    assertThatThrownBy(() -> FastestWay.of(simulation, tiny))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("do not fit");
    assertThatThrownBy(
            () -> simulation.plan(config("emmc-5-1", "dip:density=0.5", LayoutKind.AUTO)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "layout auto is chosen by simulating points; name a layout, or simulate and sweep");
  }

  /**
   * On a drive of dear requests longer ones are faster by far; on one of bytes alone nothing is.
   */
  @Test
  void theDefault_isToldOfAFasterLayout_byMoreThan5Percent() {
    Optional<FastestWay> hint = FastestWay.hint(simulation, dear(200e-6));
    assertThat(hint).isPresent();
    FastestWay way = hint.get();
    assertThat(way.gain()).isGreaterThan(1.05);
    assertThat(way.config().getUnitOrder()).isEqualTo(UnitOrder.NATURAL);
    assertThat(way.options()).contains("--layout bundled").doesNotContain("--order");
    Simulation first = simulation.ofFirst(FastestWay.HINT_TOKENS);
    assertThat(way.gain())
        .isEqualTo(
            first.run(way.config()).timing().tokensPerSecond()
                / first.run(dear(200e-6)).timing().tokensPerSecond());
    assertThat(
            FastestWay.hint(
                simulation, config("paper", "dip:density=0.5", LayoutKind.COLUMN_MAJOR)))
        .isEmpty();
    assertThat(FastestWay.hint(simulation, dear(200e-6).toBuilder().setMaxGap(1).build()))
        .isEmpty();
    assertThat(FastestWay.hint(simulation, config("emmc-5-1", "dense", LayoutKind.COLUMN_MAJOR)))
        .isEmpty();
  }

  /**
   * One lane with so much latency, and so fast a stream that whole matrices are not read instead.
   */
  private static PointConfig dear(double latency) {
    PointConfig.Builder config =
        config("paper", "glu-oracle:keep=0.02", LayoutKind.COLUMN_MAJOR).toBuilder();
    config
        .getHardwareBuilder()
        .getFlashBuilder()
        .setMaxBandwidth(Quantity.newBuilder().setValue(1e6))
        .setLatency(Quantity.newBuilder().setValue(latency))
        .setLanes(Quantity.newBuilder().setValue(1));
    return config.build();
  }
}
