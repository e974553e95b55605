package io.dipper.hwsim.time.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.Capacity;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.WeightBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How DRAM is divided, on a model whose bytes can be worked out by hand. */
class MemoryPlannerTest {
  /** One layer of H = 8, I = 16, V = 10, two heads of 4 sharing one KV head: g = 1/2. */
  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setName("small")
          .setHiddenSize(8)
          .setIntermediateSize(16)
          .setLayers(1)
          .setHeads(2)
          .setKvHeads(1)
          .setHeadDim(4)
          .setVocabularySize(10)
          .build();

  /** Head 80, attention 4/8·64·3 = 96, KV of 4 tokens 4·8·2/2 = 32, MLP 3 · 64. */
  @Test
  void bytes_followTheFormulas() {
    ModelBytes bytes = ModelBytes.of(config(Capacity.getDefaultInstance()));
    assertThat(bytes.head()).isEqualTo(80);
    assertThat(bytes.embedding()).isEqualTo(80);
    assertThat(bytes.attention()).isEqualTo(96);
    assertThat(bytes.kvCache(4)).isEqualTo(32);
    assertThat(bytes.matrix()).isEqualTo(64);
    assertThat(bytes.mlp()).isEqualTo(192);
    assertThat(bytes.total(4)).isEqualTo(400);
  }

  /** Static 208; the rest of 304 is 96: per policy over 3, 1, 2 or 3 matrices, if static fits. */
  @ParameterizedTest
  @CsvSource({
    "dip:density=0.5, 304, 208, 4, 8",
    "dense, 304, 208, 4, 8",
    "glu:keep=0.5, 400, 336, -1, 16",
    "glu-oracle:keep=0.5, 304, 208, -1, 8",
    "gate:keep=0.5, 368, 272, -1, 12",
    "up:keep=0.5, 368, 272, -1, 12",
    "dip:density=0.5, 4000, 208, 158, 316"
  })
  void whatIsLeftOfTheStaticBytes_isDividedByMatrices(
      String policy, double dram, double fixed, int columnsX, int columnsH) {
    MemoryPlan plan =
        MemoryPlanner.plan(config(Capacity.newBuilder().setDramBytes(dram).build()), make(policy));
    assertThat(plan.staticBytes()).isEqualTo(fixed);
    assertThat(plan.streamedBytes()).isZero();
    assertThat(plan.cacheColumns())
        .containsExactly(columnsX < 0 ? new int[] {columnsH} : new int[] {columnsX, columnsH});
  }

  @Test
  void aFractionOfTheDram_isOfAllBytesWithTheKvCache() {
    MemoryPlan plan =
        MemoryPlanner.plan(
            config(Capacity.newBuilder().setDramFraction(0.76).build()), make("dip:density=0.5"));
    assertThat(plan.dramBytes()).isCloseTo(304, within(1e-9));
    assertThat(plan.totalBytes()).isEqualTo(400);
  }

  /** Columns of 8 bytes in two matrices, and of 4 bytes in one: 208 + 2·3·8 + 6·4. */
  @Test
  void aFractionOfTheColumns_needsNoBudget() {
    MemoryPlan plan =
        MemoryPlanner.plan(
            config(Capacity.newBuilder().setCacheFraction(0.4).build()), make("dip:density=0.5"));
    assertThat(plan.cacheColumns()).containsExactly(3, 6);
    assertThat(plan.dramBytes()).isEqualTo(208 + 48 + 24);
  }

  @Test
  void staticBytesThatDoNotFit_areAnErrorThatNamesThem() {
    PointConfig config = config(Capacity.newBuilder().setDramFraction(0.5).build());
    assertThatThrownBy(() -> MemoryPlanner.plan(config, make("glu:keep=0.5")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("dense MLP matrices")
        .hasMessageContaining("give at least 84% of weights and KV cache at ");
  }

  @Test
  void staticBytesThatDoNotFit_mayStream() {
    PointConfig config =
        config(Capacity.newBuilder().setDramBytes(200).build()).toBuilder()
            .setStreamStatic(true)
            .build();
    MemoryPlan plan = MemoryPlanner.plan(config, make("dip:density=0.5"));
    assertThat(plan.streamedBytes()).isEqualTo(8);
    assertThat(plan.cacheColumns()).containsExactly(0, 0);
  }

  @Test
  void aPointWithoutCapacity_isRefused() {
    assertThatThrownBy(
            () -> MemoryPlanner.plan(config(Capacity.getDefaultInstance()), make("dense")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cache_fraction");
  }

  @Test
  void bits_comeFromThePoint_thenTheFile_thenThePaper() {
    ModelShape q8 =
        SHAPE.toBuilder().setWeightBits(WeightBits.newBuilder().setMlp(8.5).setHead(8.5)).build();
    PointConfig.Builder config =
        PointConfig.newBuilder().setModel(q8).setBits(WeightBits.newBuilder().setHead(6));
    WeightBits des = DefaultBits.resolve(config.setAccounting(AccountingKind.DES).build());
    assertThat(des.getMlp()).isEqualTo(8.5);
    assertThat(des.getHead()).isEqualTo(6);
    assertThat(des.getAttention()).isEqualTo(4);
    WeightBits paper = DefaultBits.resolve(config.setAccounting(AccountingKind.PAPER).build());
    assertThat(paper.getMlp()).isEqualTo(4);
    assertThat(paper.getHead()).isEqualTo(6);
  }

  private static PointConfig config(Capacity capacity) {
    return PointConfig.newBuilder()
        .setModel(SHAPE)
        .setAccounting(AccountingKind.PAPER)
        .setBlockLength(4)
        .setCapacity(capacity)
        .build();
  }

  private static MaskPolicy make(String text) {
    return Policies.create(Policies.parse(text), new PolicyContext(SHAPE, null));
  }
}
