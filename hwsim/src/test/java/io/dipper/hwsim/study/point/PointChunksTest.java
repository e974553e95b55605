package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.DemandIdentity;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two policies, three caches, two capacities, on two devices that share each demand. */
class PointChunksTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  private final List<PlannedPoint> points = points();

  @Test
  void pointsThatDifferInTheDeviceAlone_shareADemand() {
    assertThat(points).hasSize(24);
    assertThat(PointChunks.demands(points)).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 100})
  void everyPoint_isInOnePiece(int demands) {
    assertThat(PointChunks.of(points, demands).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(points)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 100})
  void aPiece_hasOnePolicy_andNoMoreDemandsThanAskedFor(int demands) {
    for (List<PlannedPoint> piece : PointChunks.of(points, demands)) {
      assertThat(piece.stream().map(point -> point.config().getPolicy()).distinct()).hasSize(1);
      assertThat(PointChunks.demands(piece)).isBetween(1, demands);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 100})
  void pointsThatShareADemand_areNeverParted(int demands) {
    List<DemandIdentity> seen = new ArrayList<>();
    for (List<PlannedPoint> piece : PointChunks.of(points, demands)) {
      Set<DemandIdentity> keys =
          piece.stream().map(point -> point.replayPoint().demand()).collect(Collectors.toSet());
      assertThat(seen).doesNotContainAnyElementsOf(keys);
      seen.addAll(keys);
    }
  }

  @Test
  void pieces_areAsFullAsCanBe() {
    assertThat(PointChunks.of(points, 4))
        .extracting(PointChunks::demands)
        .containsExactly(4, 2, 4, 2);
  }

  private static List<PlannedPoint> points() {
    List<PlannedPoint> points = new ArrayList<>();
    try (TraceReader trace = TraceReader.open(TRACE)) {
      Simulation simulation = Simulation.of(TRACE, trace, 1, Progress.SILENT);
      for (String device : List.of("paper", "apple-a18")) {
        for (String cache : List.of("none", "lru", "lfu")) {
          for (String policy : List.of("dip:density=0.5", "dip:density=0.3")) {
            for (String dram : List.of("65%", "80%")) {
              points.add(simulation.plan(simulation.complete(config(device, cache, policy, dram))));
            }
          }
        }
      }
    }
    return points;
  }

  private static PointConfig config(String device, String cache, String policy, String dram) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve(device).profile())
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setCapacity(Capacities.dram(dram))
        .build();
  }
}
