package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row says of itself, against what was simulated. */
class PlainNumbersTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-6);

  @TempDir private Path folder;

  /** The lines of the ledger, the row and the engine count the same bytes. */
  @ParameterizedTest
  @CsvSource({
    "snapdragon-8-gen-3, dip:density=0.5",
    "snapdragon-8-gen-3, dense",
    "oneplus-15r, dip-ca:density=0.5",
    "paper, dip:density=0.5"
  })
  void bytesRead_areTheLedgers_andNeverFewerThanTheWanted(String device, String policy)
      throws IOException {
    Path ledger = folder.resolve("ledger.csv");
    PointRow row = run(device, policy, "lfu", new RunFiles(ledger, null, null)).row();
    List<String> lines = Files.readAllLines(ledger);
    int column = List.of(lines.get(0).split(",")).indexOf("flash_bytes");
    double sum = 0;
    for (String line : lines.subList(1, lines.size())) {
      sum += Double.parseDouble(line.split(",")[column]);
    }
    double read = Objects.requireNonNull(row.time().reads().flashBytesReadPerToken());
    assertThat(read * row.demand().tokens()).isCloseTo(sum, ROUNDING);
    assertThat(read)
        .isGreaterThanOrEqualTo(row.demand().traffic().flashBytesPerToken() * (1 - 1e-9));
  }

  /** Columns of 96 and 256 bytes are far below the 128 KiB that were measured. */
  @Test
  void aRunOutsideAMeasuredTable_saysSo() {
    assertThat(
            run("oneplus-15r", "dip:density=0.5", "lfu")
                .row()
                .time()
                .reads()
                .flashUnmeasuredShare())
        .isNotNull()
        .isGreaterThan(0.99);
    assertThat(
            run("snapdragon-8-gen-3", "dip:density=0.5", "lfu")
                .row()
                .time()
                .reads()
                .flashUnmeasuredShare())
        .isNull();
  }

  /**
   * On the paper's device every weight under the mask comes at 1 GB/s, or with full caches what is
   * not in them, and everything else at 60 GB/s.
   */
  @ParameterizedTest
  @ValueSource(strings = {"30%", "60%", "100%"})
  void theFirstToken_isColdOrWarm(String dram) {
    ShapeRecording recording = new ShapeRecording(ModelShapes.find("llama-3-8b"), 16);
    Simulation simulation =
        Simulation.of(recording, 1, Progress.SILENT).quantised(Quantisations.find("q4_0"));
    SimulatedPoint point =
        simulation.run(simulation.complete(config("paper", "dense", "lfu", dram)));
    ModelBytes bytes = ModelBytes.of(point.config());
    double fixed = bytes.attention() + bytes.head();
    double kept = point.plan().ledger().bytes(MemoryPart.UNIT_CACHES);
    assertThat(point.row().time().firstToken().ttftS())
        .isCloseTo(bytes.mlp() / 1e9 + fixed / 60e9, ROUNDING);
    assertThat(point.row().time().firstToken().ttftWarmS())
        .isCloseTo((bytes.mlp() - kept) / 1e9 + (fixed + kept) / 60e9, ROUNDING);
  }

  @Test
  void masksLargerThanTheirCaches_leaveNoCacheAChoice() {
    List<String> caches = List.of("lru", "lfu", "belady");
    List<PointRow> dense = caches.stream().map(c -> run("paper", "dense", c).row()).toList();
    assertThat(dense).extracting(row -> row.demand().cachesDiffer()).containsOnly("no");
    assertThat(dense)
        .extracting(row -> row.demand().hits().hitsX())
        .containsOnly(dense.get(0).demand().hits().hitsX());
    assertThat(dense)
        .extracting(row -> row.demand().hits().hitsH())
        .containsOnly(dense.get(0).demand().hits().hitsH());
    List<PointRow> half =
        caches.stream().map(c -> run("paper", "dip:density=0.3", c).row()).toList();
    assertThat(half).extracting(row -> row.demand().cachesDiffer()).containsOnly("yes");
    assertThat(half).extracting(row -> row.demand().hits().hitsX()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense", "dip:density=0.3", "gate:keep=0.5"})
  void optionalAdmission_hitsAtLeastAsOftenAsAnyCache(String policy) {
    double bound = hitRate(policy, "belady-optional");
    for (String cache : List.of("lru", "lfu", "lfu:overflow=by-score", "belady", "none")) {
      assertThat(hitRate(policy, cache)).as(cache).isLessThanOrEqualTo(bound);
    }
  }

  private double hitRate(String policy, String cache) {
    return Objects.requireNonNull(run("paper", policy, cache).row().demand().hits().hitRate());
  }

  private static SimulatedPoint run(String device, String policy, String cache) {
    return run(device, policy, cache, new RunFiles(null, null, null));
  }

  private static SimulatedPoint run(String device, String policy, String cache, RunFiles files) {
    try (TraceReader trace = TraceReader.open(TRACE)) {
      Simulation simulation = Simulation.of(TRACE, trace, 1, Progress.SILENT);
      PointConfig config =
          simulation.complete(
              config(device, policy, cache, policy.equals("dense") ? "60%" : "90%"));
      return files.isEmpty() ? simulation.run(config) : simulation.run(config, files);
    }
  }

  private static PointConfig config(String device, String policy, String cache, String dram) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve(device).profile())
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setCapacity(Capacities.dram(dram))
        .build();
  }
}
