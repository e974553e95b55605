package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a sequence begins after a prompt: a dense one has all weights that fit. */
class WarmStartTest {
  private static final int BLOCK = 128;
  private static final int PROMPT = 32;

  /** Recorded tokens and generated ones: the same weights, bytes and lengths of the context. */
  @ParameterizedTest
  @CsvSource({"110%, lfu", "100%, lru", "70%, lfu", "70%, lru", "70%, belady", "60%, none"})
  void aDenseRunAfterAPrompt_isTheSameByTraceAndByShape(String dram, String cache) {
    PointConfig partial = dense(dram, cache).setPromptLength(PROMPT).build();
    SimulatedPoint traced = traced(partial);
    Simulation shape =
        Simulation.of(
            new ShapeRecording(ModelShapes.find("bookworm-3m"), BLOCK - PROMPT),
            1,
            Progress.SILENT);
    PointConfig.Builder same = partial.toBuilder().setBits(traced.config().getBits());
    SimulatedPoint shaped = shape.run(shape.complete(same.build()));
    assertThat(traced.row().demand().hits().hitRate())
        .isCloseTo(shaped.row().demand().hits().hitRate(), offset());
    assertThat(traced.row().demand().traffic().flashBytesPerToken())
        .isCloseTo(
            shaped.row().demand().traffic().flashBytesPerToken(), Percentage.withPercentage(1e-9));
    assertThat(traced.row().time().tokensPerSecond())
        .isCloseTo(shaped.row().time().tokensPerSecond(), Percentage.withPercentage(0.01));
  }

  @Test
  void withoutAPrompt_theFirstTokenReadsEverything_unlessAskedOtherwise() {
    PointConfig partial = dense("110%", "lfu").build();
    SimulatedPoint cold = traced(partial);
    SimulatedPoint asked = traced(partial.toBuilder().setCacheStart(CacheStart.PROMPTED).build());
    assertThat(cold.row().demand().hits().hitRate()).isCloseTo(1 - 1.0 / BLOCK, offset());
    assertThat(asked.row().demand().hits().hitRate()).isEqualTo(1.0);
    assertThat(asked.row().demand().traffic().flashBytesPerToken()).isZero();
    assertThat(asked.row().time().tokensPerSecond())
        .isGreaterThan(cold.row().time().tokensPerSecond());
  }

  /** A mask's caches hold what the point says, with a prompt or without. */
  @Test
  void aMaskAfterAPrompt_beginsCold_orWithWhatADensePromptLeft() {
    PointConfig partial = dense("110%", "lfu").setPolicy(Policies.parse("dip:density=0.5")).build();
    PointConfig prompted = partial.toBuilder().setPromptLength(PROMPT).build();
    assertThat(traced(prompted).row().demand().hits().hitRate())
        .isEqualTo(traced(partial).row().demand().hits().hitRate())
        .isLessThan(1.0);
    PointConfig asked = prompted.toBuilder().setCacheStart(CacheStart.PROMPTED).build();
    assertThat(traced(asked).row().demand().hits().hitRate()).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"110%", "80%"})
  void pagesThatADensePromptRead_areThere_ifAllFit(String dram) {
    PointConfig.Builder partial = dense(dram, "page-cache");
    HardwareProfile.Builder device = partial.getHardwareBuilder();
    device.getFlashBuilder().getPageCacheBuilder().getReadAheadBuilder().setValue(16384);
    SimulatedPoint cold = traced(partial.build());
    SimulatedPoint warm = traced(partial.setPromptLength(PROMPT).build());
    boolean fits = dram.equals("110%");
    assertThat(warm.row().demand().hits().hitRate()).isEqualTo(fits ? 1.0 : 0.0);
    assertThat(cold.row().demand().hits().hitRate())
        .isCloseTo(fits ? 1 - 1.0 / BLOCK : 0.0, offset());
  }

  private static Offset<Double> offset() {
    return Offset.offset(1e-12);
  }

  private static PointConfig.Builder dense(String dram, String cache) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve("snapdragon-8-gen-3").profile())
        .setPolicy(Policies.parse("dense"))
        .setCache(Caches.parse(cache))
        .setCapacity(Capacities.dram(dram));
  }

  private static SimulatedPoint traced(PointConfig partial) {
    Path file = SharedData.testdata("golden/bookworm.arrow");
    try (TraceReader trace = TraceReader.open(file)) {
      Simulation simulation = Simulation.of(file, trace, 1, Progress.SILENT);
      return simulation.run(simulation.complete(partial));
    }
  }
}
