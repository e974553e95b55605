package io.dipper.hwsim.time.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.MemoryPlanner;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.Dram;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The closed form against numbers derived from it by hand: dense models in the steady state, in
 * which every full cache hits with all it holds.
 */
class PaperAccountingTest {
  @ParameterizedTest
  @CsvSource({
    "phi-3-medium, 5120, 17920, 40, 40, 10,  32064, 7.190, 3.595, 1776, 6218, 0.274, 0.276",
    "phi-3-mini,   3072,  8192, 32, 32, 32,  32064, 2.313, 1.157,  130,  348, 0.853, 0.853",
    "llama-3-8B,   4096, 14336, 32, 32,  8, 128256, 4.149, 2.075, 1081, 3784, 0.474, 0.477",
    "mistral-7B,   4096, 14336, 32, 32,  8,  32000, 3.755, 1.877, 1367, 4786, 0.524, 0.529"
  })
  void denseSteadyState_hasTheDerivedNumbers(
      String name,
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int kvHeads,
      int vocabulary,
      double totalGb,
      double dramGb,
      int columnsX,
      int columnsH,
      double serial,
      double concurrent) {
    ModelShape shape = shape(name, hidden, intermediate, layers, heads, kvHeads, vocabulary);
    PointConfig config = config(shape, 0.5, 0, Overlap.NONE);
    MaskPolicy policy = policy("dense", shape);
    MemoryPlan plan = MemoryPlanner.plan(config, policy);

    assertThat(plan.totalBytes() / 1e9).isCloseTo(totalGb, within(0.0005));
    assertThat(plan.dramBytes() / 1e9).isCloseTo(dramGb, within(0.0005));
    assertThat(plan.cacheColumns()).containsExactly(columnsX, columnsH);
    Demand steady = steady(policy, plan, shape);
    assertThat(time(config, plan, steady).tokensPerSecond()).isCloseTo(serial, within(0.0005));
    PointConfig overlapping = config(shape, 0.5, 0, Overlap.IO);
    // The last one is 0.52846: its derivation rounded to 0.5285 first.
    assertThat(time(overlapping, plan, steady).tokensPerSecond())
        .isCloseTo(concurrent, within(0.00055));
  }

  @Test
  void times_addUpToTheElapsedTime_whateverOverlaps() {
    ModelShape shape = shape("llama-3-8B", 4096, 14336, 32, 32, 8, 128256);
    MaskPolicy policy = policy("dip:density=0.5", shape);
    for (Overlap overlap : new Overlap[] {Overlap.NONE, Overlap.IO, Overlap.PIPELINE}) {
      PointConfig config = config(shape, 0.6, 0, overlap);
      MemoryPlan plan = MemoryPlanner.plan(config, policy);
      Timing timing = time(config, plan, steady(policy, plan, shape));
      assertThat(timing.flashSeconds() + timing.dramSeconds())
          .isCloseTo(1 / timing.tokensPerSecond(), Percentage.withPercentage(1e-9));
    }
  }

  /** A prompt is one pass of what is static, with the keys and values of the prompt. */
  @Test
  void timeToFirstToken_isAPassOfTheStaticBytes() {
    ModelShape shape = shape("llama-3-8B", 4096, 14336, 32, 32, 8, 128256);
    MaskPolicy policy = policy("dip:density=0.5", shape);
    PointConfig config = config(shape, 0.5, 1000, Overlap.NONE);
    MemoryPlan plan = MemoryPlanner.plan(config, policy);
    ModelBytes bytes = ModelBytes.of(config);
    double expected = (bytes.attention() + bytes.head() + bytes.kvCache(1000)) / 60e9;
    assertThat(time(config, plan, steady(policy, plan, shape)).ttftSeconds())
        .isCloseTo(expected, Percentage.withPercentage(1e-9));
  }

  /** GLU pruning at half the DRAM: what does not fit streams, and nothing is left to cache. */
  @Test
  void staticBytesThatDoNotFit_streamForEveryToken() {
    ModelShape shape = shape("llama-3-8B", 4096, 14336, 32, 32, 8, 128256);
    MaskPolicy policy = policy("glu:keep=0.5", shape);
    PointConfig config =
        config(shape, 0.5, 0, Overlap.NONE).toBuilder().setStreamStatic(true).build();
    MemoryPlan plan = MemoryPlanner.plan(config, policy);
    ModelBytes bytes = ModelBytes.of(config);

    assertThat(plan.cacheColumns()).containsExactly(0);
    assertThat(plan.streamedBytes()).isEqualTo(plan.staticBytes() - plan.dramBytes());
    Demand demand = steady(policy, plan, shape);
    double missed = policy.groups().get(0).bytes(14336 / 2, bytes.bits()) * 32;
    double fixed = bytes.fixed(policy, 1024);
    assertThat(time(config, plan, demand).flashSeconds())
        .isCloseTo((missed + plan.streamedBytes()) / 1e9, Percentage.withPercentage(1e-9));
    assertThat(time(config, plan, demand).dramSeconds())
        .isCloseTo(fixed / 60e9, Percentage.withPercentage(1e-9));
  }

  @Test
  void traffic_isConserved() {
    ModelShape shape = shape("mistral-7B", 4096, 14336, 32, 32, 8, 32000);
    MaskPolicy policy = policy("dense", shape);
    PointConfig config = config(shape, 0.5, 0, Overlap.NONE);
    MemoryPlan plan = MemoryPlanner.plan(config, policy);
    Traffic traffic = Traffic.of(new Workload(config, plan, steady(policy, plan, shape)));

    assertThat(traffic.touchedBytesPerToken())
        .isCloseTo(ModelBytes.of(config).total(1024), Percentage.withPercentage(1e-9));
    assertThat(traffic.flashBytesPerToken() + traffic.dramBytesPerToken())
        .isEqualTo(traffic.touchedBytesPerToken());
    assertThat(traffic.residentBytes())
        .isCloseTo(plan.dramBytes(), Percentage.withPercentage(0.1))
        .isLessThanOrEqualTo(plan.dramBytes());
  }

  @Test
  void aDeviceWithoutABandwidth_isRefused() {
    ModelShape shape = shape("mistral-7B", 4096, 14336, 32, 32, 8, 32000);
    MaskPolicy policy = policy("dense", shape);
    PointConfig config = config(shape, 0.5, 0, Overlap.NONE).toBuilder().clearHardware().build();
    MemoryPlan plan = MemoryPlanner.plan(config, policy);
    assertThatThrownBy(() -> time(config, plan, steady(policy, plan, shape)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("flash.max_bandwidth");
  }

  /** One token that finds every cache full: as many hits as the cache holds units. */
  private static Demand steady(MaskPolicy policy, MemoryPlan plan, ModelShape shape) {
    Demand demand = new Demand(policy.groups(), shape.getLayers(), new int[] {1});
    double keep = policy.spec().getName().equals("dense") ? 1 : 0.5;
    for (int g = 0; g < policy.groups().size(); g++) {
      int selected = (int) (keep * policy.groups().get(g).units());
      for (int layer = 0; layer < shape.getLayers(); layer++) {
        int hits = Math.min(selected, plan.cacheColumns()[g]);
        demand.record(g, layer, 0, selected, hits, selected - hits);
      }
    }
    return demand;
  }

  private static Timing time(PointConfig config, MemoryPlan plan, Demand demand) {
    return new PaperAccounting().time(new Workload(config, plan, demand));
  }

  private static MaskPolicy policy(String text, ModelShape shape) {
    return Policies.create(Policies.parse(text), new PolicyContext(shape, null));
  }

  private static PointConfig config(
      ModelShape shape, double dramFraction, int prompt, Overlap overlap) {
    PointConfig.Builder config =
        PointConfig.newBuilder()
            .setModel(shape)
            .setAccounting(AccountingKind.PAPER)
            .setBlockLength(2048)
            .setPromptLength(prompt)
            .setHardware(
                HardwareProfile.newBuilder()
                    .setFlash(Flash.newBuilder().setMaxBandwidth(quantity(1e9)))
                    .setDram(
                        Dram.newBuilder()
                            .setBandwidth(quantity(120e9))
                            .setEfficiency(quantity(0.5)))
                    .setOverlap(overlap));
    config.getCapacityBuilder().setDramFraction(dramFraction);
    return config.build();
  }

  private static Quantity quantity(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }

  private static ModelShape shape(
      String name,
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int kvHeads,
      int vocabulary) {
    return ModelShape.newBuilder()
        .setName(name)
        .setHiddenSize(hidden)
        .setIntermediateSize(intermediate)
        .setLayers(layers)
        .setHeads(heads)
        .setKvHeads(kvHeads)
        .setHeadDim(hidden / heads)
        .setVocabularySize(vocabulary)
        .build();
  }
}
