package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.GoldenPoint;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.accounting.PaperAccounting;
import io.dipper.hwsim.time.memory.DefaultBits;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.MemoryPlanner;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Dram;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every point of an independent implementation: counts as integers, the closed form to 1e-9. */
class GoldenReplayTest {
  private static final double RELATIVE = 1e-9;
  private static final double CLOCK_RESOLUTION = 1e-6;

  @AutoClose
  private static final TraceReader trace =
      TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));

  private static JsonNode golden;

  @BeforeAll
  static void open() throws IOException {
    golden =
        new ObjectMapper()
            .readTree(SharedData.testdata("golden/bookworm.replay.json").toFile())
            .get("points");
  }

  @TestFactory
  Stream<DynamicTest> everyPoint_hasTheReferencesCountsAndThroughput() {
    List<PointConfig> configs = new ArrayList<>();
    List<MemoryPlan> plans = new ArrayList<>();
    List<ReplayPoint> points = new ArrayList<>();
    for (JsonNode point : golden) {
      PointConfig config = config(point);
      MaskPolicy policy =
          Policies.create(config.getPolicy(), new PolicyContext(trace.model(), trace));
      MemoryPlan plan = MemoryPlanner.plan(config, policy);
      configs.add(config);
      plans.add(plan);
      points.add(new ReplayPoint(policy, config.getCache(), plan.cacheColumns(), 0));
    }
    List<Demand> demands = new Replay(trace, 2, Progress.SILENT).run(points);
    return IntStream.range(0, points.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    name(golden.get(i)),
                    () -> check(golden.get(i), configs.get(i), plans.get(i), demands.get(i))));
  }

  private static void check(JsonNode point, PointConfig config, MemoryPlan plan, Demand demand) {
    for (int g = 0; g < demand.groups().size(); g++) {
      String axis = demand.groups().get(g).space().id();
      assertThat(plan.cacheColumns()[g]).isEqualTo(point.get("cache_columns_" + axis).asInt());
      for (int layer = 0; layer < demand.layers(); layer++) {
        assertThat(demand.selectedTotal(g, layer))
            .as("selected_%s in layer %d", axis, layer)
            .isEqualTo(point.get("selected_" + axis + "_by_layer").get(layer).asLong());
        assertThat(demand.hitsTotal(g, layer))
            .as("hits_%s in layer %d", axis, layer)
            .isEqualTo(point.get("hits_" + axis + "_by_layer").get(layer).asLong());
      }
    }
    for (Overlap overlap : List.of(Overlap.NONE, Overlap.IO)) {
      String key = "tokens_per_second_" + (overlap == Overlap.NONE ? "serial" : "concurrent");
      PointConfig device = config.toBuilder().setHardware(device(overlap)).build();
      double paper =
          new PaperAccounting().time(new Workload(device, plan, demand)).tokensPerSecond();
      if (point.has(key)) {
        assertThat(paper)
            .as(key)
            .isCloseTo(point.get(key).asDouble(), Percentage.withPercentage(100 * RELATIVE));
      }
      assertThat(
              new DesAccounting()
                  .time(new Workload(simulated(device), plan, demand))
                  .tokensPerSecond())
          .as("%s, simulated", key)
          .isCloseTo(paper, Percentage.withPercentage(100 * CLOCK_RESOLUTION));
    }
  }

  /** The same point by events; the paper's bits, which the paper's accounting has by default. */
  private static PointConfig simulated(PointConfig config) {
    return config.toBuilder().setAccounting(AccountingKind.DES).setBits(DefaultBits.PAPER).build();
  }

  private static PointConfig config(JsonNode point) {
    PointConfig.Builder config =
        PointConfig.newBuilder()
            .setModel(trace.model())
            .setAccounting(AccountingKind.PAPER)
            .setPolicy(Policies.resolve(Policies.parse(GoldenPoint.policy(point))))
            .setCache(CacheSpec.newBuilder().setPolicy(point.get("cache").asText()))
            .setBlockLength(trace.manifest().getBlockLength());
    if (point.has("dram_fraction")) {
      config.getCapacityBuilder().setDramFraction(point.get("dram_fraction").asDouble());
    } else {
      config.getCapacityBuilder().setCacheFraction(point.get("cache_fraction").asDouble());
    }
    return config.build();
  }

  private static String name(JsonNode point) {
    return GoldenPoint.policy(point)
        + String.format(
            Locale.ROOT,
            " %s C=%s",
            point.get("cache").asText(),
            point.get("cache_columns_h").asText());
  }

  private static HardwareProfile device(Overlap overlap) {
    return HardwareProfile.newBuilder()
        .setName("paper")
        .setFlash(Flash.newBuilder().setMaxBandwidth(Quantity.newBuilder().setValue(1e9)))
        .setDram(Dram.newBuilder().setBandwidth(Quantity.newBuilder().setValue(60e9)))
        .setOverlap(overlap)
        .build();
  }
}
