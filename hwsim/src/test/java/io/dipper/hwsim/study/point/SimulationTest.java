package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.Capacity;
import io.dipper.proto.Dram;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulationTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  /** The paper's device: 60 GB/s DRAM, 1 GB/s Flash, nothing overlaps. */
  static final HardwareProfile PAPER =
      HardwareProfile.newBuilder()
          .setName("paper")
          .setDram(Dram.newBuilder().setBandwidth(Quantity.newBuilder().setValue(60e9)))
          .setFlash(Flash.newBuilder().setMaxBandwidth(Quantity.newBuilder().setValue(1e9)))
          .build();

  private final Simulation simulation = simulation(2);

  private static Simulation simulation(int threads) {
    return Simulation.of(TRACE, TraceReader.open(TRACE), threads, Progress.SILENT);
  }

  private PointConfig config(String policy, String cache, Capacity capacity) {
    return simulation.complete(
        PointConfig.newBuilder()
            .setHardware(PAPER)
            .setAccounting(AccountingKind.PAPER)
            .setPolicy(Policies.parse(policy))
            .setCache(Caches.parse(cache))
            .setCapacity(capacity)
            .build());
  }

  @Test
  void run_givesTheGoldenRowOfEveryPoint() throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(SharedData.testdata("golden/bookworm.replay.json").toFile());
    List<PlannedPoint> planned = new ArrayList<>();
    List<JsonNode> expected = new ArrayList<>();
    for (JsonNode point : golden.get("points")) {
      Capacity capacity =
          point.has("dram_bytes")
              ? Capacity.newBuilder().setDramBytes(point.get("dram_bytes").asDouble()).build()
              : Capacities.cacheFraction(point.get("cache_fraction").asDouble());
      planned.add(
          simulation.plan(
              config(GoldenPoint.policy(point), point.get("cache").asText(), capacity)));
      expected.add(point);
    }
    List<SimulatedPoint> results = new ArrayList<>();
    simulation.run(planned, results::add);
    assertThat(results).hasSizeGreaterThanOrEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      PointConfig config = planned.get(i).config();
      SimulatedPoint result =
          results.stream().filter(r -> r.config().equals(config)).findFirst().orElseThrow();
      check(new ObjectMapper().readTree(result.json()), expected.get(i));
    }
  }

  /** Every count that the golden point has, by layer and in total, and its throughput. */
  private static void check(JsonNode row, JsonNode golden) {
    for (String name : (Iterable<String>) golden::fieldNames) {
      boolean count = name.startsWith("hits_") || name.startsWith("selected_");
      boolean columns =
          name.startsWith("cache_columns_") && golden.has("hits_" + name.substring(14));
      if (count || columns) {
        assertThat(row.get(name).toString())
            .as("%s of %s", name, golden)
            .isEqualTo(golden.get(name).toString());
      }
    }
    if (golden.has("tokens_per_second_serial")) {
      double speed = golden.get("tokens_per_second_serial").asDouble();
      assertThat(row.get("tokens_per_second").asDouble()).isCloseTo(speed, within(1e-9 * speed));
    }
  }

  @Test
  void row_saysWhatThePointIs() {
    SimulatedPoint point =
        simulation.run(config("dip-ca:density=0.5,gamma=0.2", "lfu", Capacities.dram("80%")));
    PointRow row = point.row();
    assertThat(row.pointId()).isEqualTo(row.identity().configSha256().substring(0, 12));
    assertThat(row.identity().trace()).isEqualTo("bookworm.arrow");
    assertThat(row.accounting()).isEqualTo("paper");
    assertThat(row.policyParams())
        .contains("\"density\":0.5", "\"gamma\":0.2", "\"warm_up\":false");
    assertThat(row.demand().tokens()).isEqualTo(384);
    assertThat(row.quality().perplexity()).isNull();
    assertThat(row.quality().perplexityDense()).isBetween(5.0, 500.0);
    assertThat(
            row.demand().traffic().flashBytesPerToken()
                + row.demand().traffic().dramBytesPerToken())
        .isCloseTo(
            row.demand().traffic().touchedBytesPerToken(),
            within(1e-6 * row.demand().traffic().touchedBytesPerToken()));
    assertThat(1 / row.time().tokensPerSecond())
        .as("the ledger adds up")
        .isCloseTo(
            point.timing().flashSeconds() + point.timing().dramSeconds(),
            within(0.02 / row.time().tokensPerSecond()));
    assertThat(row.time().assumedShare()).isEqualTo(1.0);
  }

  @Test
  void densePoint_hasTheDensePerplexity() {
    PointRow row = simulation.run(config("dense", "lru", Capacities.cacheFraction(0.5))).row();
    assertThat(row.quality().perplexity()).isNotNull().isEqualTo(row.quality().perplexityDense());
    assertThat(row.demand().density()).isEqualTo(1.0);
  }

  @Test
  void results_doNotDependOnThreads() {
    PointConfig config = config("dip:density=0.4", "lru", Capacities.cacheFraction(0.3));
    assertThat(simulation(1).run(config).json()).isEqualTo(simulation(3).run(config).json());
  }

  @Test
  void plan_refusesWhatCannotExist() {
    assertThatThrownBy(
            () -> simulation.plan(config("dip:density=0.5", "lfu", Capacities.dram("20%"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("do not fit");
    assertThatThrownBy(
            () ->
                simulation.plan(
                    config("dip-ca:density=0.5", "belady", Capacities.cacheFraction(0.5))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("belady");
  }

  @Test
  void complete_fillsInDefaults() {
    PointConfig config =
        simulation.complete(
            PointConfig.newBuilder().setPolicy(Policies.parse("dip:density=0.5")).build());
    assertThat(config.getCache().getPolicy()).isEqualTo("lfu");
    assertThat(config.getBlockLength()).isEqualTo(128);
    assertThat(config.getBits().getMlp()).isPositive();
    assertThat(config.getTraceSha256()).hasSize(64);
  }
}
