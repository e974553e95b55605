package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.FullDemand;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of known models without a trace. */
class ShapeRunTest {
  /**
   * Decoding reads every weight but the embedding once per token: 57.6 GB/s (76.8 at 75 per cent)
   * over 3.74 GB gives 15 tokens/s for a 7B model in Q4_0, launches of 0.7 ms aside.
   */
  @ParameterizedTest
  @CsvSource({
    "llama-2-7b, q4_0, 15.2",
    "llama-2-7b, q8_0, 8.1",
    "llama-3-8b, q4_0, 13.1",
    "llama-3.2-1b, q4_0, 74"
  })
  void aModelThatFits_decodesAtTheBandwidthOfItsBytes(String shape, String quant, double speed) {
    Simulation simulation = simulation(shape, 64).quantised(Quantisations.find(quant));
    SimulatedPoint point = simulation.run(simulation.complete(dense("snapdragon-8-gen-3", "100%")));
    ModelBytes bytes = ModelBytes.of(point.config());
    double seconds = bytes.total(32) / (76.8e9 * 0.75);
    assertThat(point.row().time().tokensPerSecond())
        .isLessThan(1 / seconds)
        .isCloseTo(1 / seconds, Percentage.withPercentage(4))
        .isCloseTo(speed, Percentage.withPercentage(4));
    assertThat(point.row().demand().traffic().flashBytesPerToken()).isZero();
    assertThat(point.row().demand().hits().hitRate()).isEqualTo(1.0);
  }

  @Test
  void aModelThatDoesNotFit_streamsTheRest() {
    Simulation simulation = simulation("llama-2-7b", 16).quantised(Quantisations.find("q4_0"));
    SimulatedPoint point =
        simulation.run(
            simulation.complete(
                dense("paper", "50%").toBuilder().setAccounting(AccountingKind.PAPER).build()));
    ModelBytes bytes = ModelBytes.of(point.config());
    double flash = bytes.total(16) / 2;
    // Both caches are rounded down to whole columns.
    assertThat(point.row().demand().traffic().flashBytesPerToken())
        .isCloseTo(flash, Percentage.withPercentage(0.2));
    double seconds = flash / 1e9 + (bytes.total(8) - flash) / 60e9;
    assertThat(point.row().time().tokensPerSecond())
        .isCloseTo(1 / seconds, Percentage.withPercentage(0.2));
  }

  /** From the second token of a sequence on, a dense replay of a trace is the closed form. */
  @ParameterizedTest
  @ValueSource(strings = {"lfu", "lru", "none", "belady"})
  void aFullDemand_isTheReplayOfADenseTrace_onceItsCachesAreFull(String cache) {
    Path file = SharedData.testdata("golden/bookworm.arrow");
    try (TraceReader trace = TraceReader.open(file)) {
      MaskPolicy policy =
          Policies.create(Policies.parse("dense"), new PolicyContext(trace.model(), trace));
      NamedShape bookworm = ModelShapes.find("bookworm-3m");
      assertThat(bookworm.shape().getHiddenSize()).isEqualTo(trace.model().getHiddenSize());
      for (int[] columns : new int[][] {{0, 0}, {50, 300}, {192, 512}, {500, 900}}) {
        ReplayPoint point = new ReplayPoint(policy, Caches.parse(cache), columns, 0);
        Demand replay = new Replay(trace, 2, Progress.SILENT).run(List.of(point)).get(0);
        Demand full = FullDemand.of(point, new ShapeRecording(bookworm, 2));
        for (int group = 0; group < 2; group++) {
          for (int layer = 0; layer < full.layers(); layer++) {
            assertThat(full.selected(group, layer, 1)).isEqualTo(replay.selected(group, layer, 1));
            assertThat(full.hits(group, layer, 1)).isEqualTo(replay.hits(group, layer, 1));
            assertThat(full.missedRuns(group, layer, 1))
                .isEqualTo(replay.missedRuns(group, layer, 1));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dip:density=0.5", "dip-ca:density=0.5", "cats:keep=0.5", "glu:keep=0.5"})
  void aPolicyThatScoresActivations_asksForATrace(String policy) {
    Simulation simulation = simulation("llama-3.2-1b", 8);
    PointConfig config =
        dense("paper", "100%").toBuilder().setPolicy(Policies.parse(policy)).build();
    assertThatThrownBy(() -> simulation.run(simulation.complete(config)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("scores activations")
        .hasMessageContaining("give a trace");
  }

  @Test
  void theIdentityOfAPoint_isItsShapeBitsAndTokens() {
    PointConfig config = quantised("llama-2-7b", 64, "q4_0");
    assertThat(config.getTraceSha256()).isEmpty();
    assertThat(config.getTokens()).isEqualTo(64);
    assertThat(config.getBlockLength()).isEqualTo(64);
    assertThat(config.getModel().getName()).isEqualTo("llama-2-7b");
    assertThat(config.getBits().getMlp()).isEqualTo(4.5);
    assertThat(List.of("llama-2-7b 65 q4_0", "llama-2-7b 64 q4_1", "mistral-7b 64 q4_0"))
        .allSatisfy(
            other -> {
              String[] words = other.split(" ");
              PointConfig changed = quantised(words[0], Integer.parseInt(words[1]), words[2]);
              assertThat(ConfigDigest.of(changed)).isNotEqualTo(ConfigDigest.of(config));
            });
    assertThat(ConfigDigest.of(quantised("llama-2-7b", 64, "q4_0")))
        .isEqualTo(ConfigDigest.of(config));
  }

  @Test
  void kernelsOfAnArchitecture_countOnlyWhereADeviceHasATimeForThem() {
    Simulation simulation = simulation("gemma-3-4b", 4);
    PointConfig.Builder partial = dense("apple-a18", "100%").toBuilder();
    assertThat(simulation.complete(partial.build()).getModel().getLayerKernels()).isZero();
    partial
        .getHardwareBuilder()
        .getProcessorBuilder()
        .setKernel(Quantity.newBuilder().setValue(1e-6));
    assertThat(simulation.complete(partial.build()).getModel().getLayerKernels()).isEqualTo(21);
    PointConfig.Builder paper = partial.clone().setAccounting(AccountingKind.PAPER);
    assertThat(simulation.complete(paper.build()).getModel().getLayerKernels()).isZero();
  }

  @Test
  void theRow_namesTheShapeInPlaceOfATrace() {
    Simulation simulation = simulation("smollm2-135m", 4);
    SimulatedPoint point = simulation.run(simulation.complete(dense("apple-a18", "100%")));
    assertThat(point.row().identity().trace()).isEqualTo("shape:smollm2-135m");
    assertThat(point.row().identity().traceSha256()).isEmpty();
    assertThat(point.row().demand().tokens()).isEqualTo(4);
    assertThat(point.row().quality().perplexity()).isNull();
  }

  @Test
  void aQuantisation_changesTheBitsOfATraceToo_butNotWhatIsSetByHand() {
    Path file = SharedData.testdata("golden/bookworm.arrow");
    try (TraceReader trace = TraceReader.open(file)) {
      Simulation recorded = Simulation.of(file, trace, 1, Progress.SILENT);
      PointConfig.Builder partial = dense("paper", "100%").toBuilder();
      partial.getBitsBuilder().setKvCache(8);
      PointConfig own = recorded.complete(partial.build());
      PointConfig other = recorded.quantised(Quantisations.find("q8_0")).complete(partial.build());
      assertThat(other.getBits().getMlp()).isEqualTo(8.5).isNotEqualTo(own.getBits().getMlp());
      assertThat(other.getBits().getKvCache()).isEqualTo(8);
      assertThat(other.getTraceSha256()).isEqualTo(own.getTraceSha256()).hasSize(64);
      assertThat(other.getTokens()).isZero();
    }
  }

  @Test
  void aPromptLongerThanTheContext_isRefused() {
    Simulation simulation = simulation("smollm2-135m", 4);
    PointConfig config =
        dense("paper", "100%").toBuilder().setPromptLength(512).setBlockLength(256).build();
    assertThatThrownBy(() -> simulation.plan(simulation.complete(config)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a prompt of 512 tokens does not fit a context of 256");
  }

  private static PointConfig quantised(String shape, int tokens, String quant) {
    return simulation(shape, tokens)
        .quantised(Quantisations.find(quant))
        .complete(dense("paper", "100%"));
  }

  private static Simulation simulation(String shape, int tokens) {
    return Simulation.of(new ShapeRecording(ModelShapes.find(shape), tokens), 1, Progress.SILENT);
  }

  private static PointConfig dense(String hardware, String dram) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve(hardware).profile())
        .setPolicy(Policies.parse("dense"))
        .setCapacity(Capacities.dram(dram))
        .build();
  }
}
