package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.dipper.hwsim.profile.hardware.Backends;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The backends of a phone against the published speeds that they were derived from. */
class PhoneBackendsTest {
  private static final HardwareProfile PHONE =
      HardwareProfiles.resolve("snapdragon-8-elite").profile();

  /** Qwen3-8B Q4_K_M, 16 tokens, on a OnePlus 15 (ggml-org/llama.cpp#27677). */
  @ParameterizedTest
  @CsvSource({"gpu, 11.14", "npu, 6.66", "cpu, 5.10"})
  void aBackend_decodesAtItsPublishedSpeed(String backend, double tokensPerSecond) {
    ShapeRecording run = new ShapeRecording(ModelShapes.find("qwen3-8b"), 16);
    Simulation simulation =
        Simulation.of(run, 1, Progress.SILENT).quantised(Quantisations.find("q4_k_m"));
    PointConfig config =
        simulation.complete(
            PointConfig.newBuilder()
                .setHardware(PHONE)
                .setBackend(backend)
                .setPolicy(Policies.parse("dense"))
                .setCapacity(Capacities.dram("100%"))
                .build());
    assertThat(simulation.run(config).timing().tokensPerSecond())
        .isCloseTo(tokensPerSecond, withPercentage(1));
  }

  @Test
  void theDefault_isTheFastest() {
    assertThat(Backends.names(PHONE)).containsExactly("gpu", "npu", "cpu");
    assertThat(Backends.choose(PHONE, "").getDram().getEfficiency())
        .isEqualTo(Backends.choose(PHONE, "gpu").getDram().getEfficiency());
  }
}
