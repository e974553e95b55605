package io.dipper.hwsim.time.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.Capacity;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.proto.Speculation;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who takes how much of the DRAM, and that it is never more than there is. */
class MemoryLedgerTest {
  /** Matrices of 64 x 128 at 4 bits: 4096 bytes each, 24 of them; H = 64, I = 128, L = 8. */
  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setName("small")
          .setHiddenSize(64)
          .setIntermediateSize(128)
          .setLayers(8)
          .setHeads(4)
          .setKvHeads(2)
          .setHeadDim(16)
          .setVocabularySize(100)
          .build();

  private static final double MATRIX = 4096;

  @Test
  void everyPart_isNamed() {
    MemoryPlan plan = plan("glu:keep=0.5", Overlap.NONE, dram(1.0), false);
    MemoryLedger ledger = plan.ledger();
    // Attention 64 x 64 x 3 x 8 / 2, head 100 x 64, KV of 16 positions 16 x 64 x 2 x 8 / 2.
    assertThat(ledger.byKey())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "attention", 49152.0,
                "head", 6400.0,
                "kv_cache", 8192.0,
                "dense_mlp", 16 * MATRIX,
                "unit_caches", 8 * MATRIX));
    assertThat(ledger.describe()).startsWith("attention 0.05 MB + head 0.01 MB");
    assertThat(ledger.peakBytes()).isEqualTo(plan.totalBytes());
  }

  @Test
  void withoutAPipeline_orAStream_nothingIsSetAsideForReadingAhead() {
    assertThat(plan("dense", Overlap.NONE, dram(0.8), false).readAheadBytes()).isZero();
    assertThat(plan("dense", Overlap.IO, dram(0.8), false).readAheadBytes()).isZero();
    assertThat(plan("dense", Overlap.PIPELINE, dram(1.0), false).readAheadBytes()).isZero();
    assertThat(plan("dip:density=0.5", Overlap.PIPELINE, dram(0.8), false).readAheadBytes())
        .isZero();
    assertThat(plan("dip:density=1", Overlap.PIPELINE, dram(0.8), false).readAheadBytes())
        .as("all units, whatever the scores")
        .isPositive();
  }

  /** What is missing of the largest group, twice, comes from the same budget. */
  @Test
  void aDenseStream_getsABufferOfTwoSteps() {
    MemoryPlan plan = plan("dense", Overlap.PIPELINE, dram(0.8), false);
    int missing = 64 - plan.cacheColumns()[0];
    double step = missing * 2 * 64.0;
    assertThat(plan.readAheadBytes()).isBetween(2 * step, 2 * step + 8 * 64);
    assertThat(plan.ledger().peakBytes()).isLessThanOrEqualTo(plan.dramBytes());
    assertThat(plan.cacheColumns()[0])
        .isLessThan(plan("dense", Overlap.NONE, dram(0.8), false).cacheColumns()[0]);
  }

  @Test
  void aGivenBuffer_isSetAsideBeforeCachesAreSized() {
    HardwareProfile.Builder device = HardwareProfile.newBuilder().setOverlap(Overlap.PIPELINE);
    device.getDramBuilder().setPrefetchBuffer(Quantity.newBuilder().setValue(3 * MATRIX));
    PointConfig config = config(Overlap.PIPELINE, dram(0.8), false);
    MaskPolicy policy = make("dense");
    MemoryPlan given = MemoryPlanner.plan(config.toBuilder().setHardware(device).build(), policy);
    MemoryPlan bare =
        MemoryPlanner.plan(
            config.toBuilder().setHardware(HardwareProfile.getDefaultInstance()).build(), policy);
    assertThat(given.readAheadBytes()).isEqualTo(3 * MATRIX);
    // 3 of the 24 matrices: an eighth of the units.
    assertThat(bare.cacheColumns()[0] - given.cacheColumns()[0]).isBetween(7, 9);

    PointConfig full = config(Overlap.PIPELINE, dram(0.4), false);
    device.getDramBuilder().setPrefetchBuffer(Quantity.newBuilder().setValue(1e6));
    assertThatThrownBy(
            () -> MemoryPlanner.plan(full.toBuilder().setHardware(device).build(), policy))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("read-ahead buffer 1.00 MB")
        .hasMessageContaining("do not fit");
  }

  @Test
  void staticWeightsThatStream_makeRoomForTheirBuffer() {
    MemoryPlan bare = plan("glu:keep=0.5", Overlap.NONE, dram(0.5), true);
    MemoryPlan piped = plan("glu:keep=0.5", Overlap.PIPELINE, dram(0.5), true);
    assertThat(piped.streamedBytes() - bare.streamedBytes())
        .isCloseTo(piped.readAheadBytes(), within(1e-6));
    // The largest step is a layer's up and gate matrices, of which a share streams; twice.
    double average = piped.staticBytes() - 4096;
    assertThat(piped.readAheadBytes())
        .isCloseTo(2 * 2 * MATRIX * piped.streamedBytes() / average, within(1e-6));
  }

  @Test
  void guesses_getAStagingBuffer() {
    PointConfig config =
        config(Overlap.NONE, dram(0.8), false).toBuilder()
            .setSpeculation(Speculation.PREVIOUS_LAYER)
            .build();
    MemoryPlan plan = MemoryPlanner.plan(config, make("dip:density=0.5"));
    assertThat(plan.ledger().bytes(MemoryPart.STAGING)).isEqualTo(3 * MATRIX);
    assertThat(plan.reservedBytes()).isEqualTo(3 * MATRIX);
  }

  @Test
  void whatOutgrowsItsPart_isABug() {
    MemoryLedger ledger =
        new MemoryLedger(100, Map.of(MemoryPart.HEAD, 60.0, MemoryPart.KV_CACHE, 40.0));
    assertThatCode(() -> ledger.check(40)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ledger.check(41)).isInstanceOf(IllegalStateException.class);
    MemoryLedger over = new MemoryLedger(99, ledger.parts());
    assertThatThrownBy(() -> over.check(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exceed the budget");
  }

  @Property(tries = 300)
  void theParts_areNeverMoreThanTheBudget(
      @ForAll Overlap overlap,
      @ForAll @DoubleRange(min = 0.01, max = 1.3) double fraction,
      @ForAll @IntRange(min = 0, max = 3) int which,
      @ForAll @IntRange(min = 1, max = 9) int layers,
      @ForAll @IntRange(min = 1, max = 100_000) int vocabulary) {
    if (overlap == Overlap.UNRECOGNIZED) {
      return;
    }
    String text = new String[] {"dense", "dip:density=0.5", "glu:keep=0.5", "glu:keep=1"}[which];
    ModelShape shape = SHAPE.toBuilder().setLayers(layers).setVocabularySize(vocabulary).build();
    PointConfig config = config(overlap, dram(fraction), true).toBuilder().setModel(shape).build();
    MaskPolicy policy = Policies.create(Policies.parse(text), new PolicyContext(shape, null));
    MemoryPlan plan = MemoryPlanner.plan(config, policy);
    plan.ledger().check(ModelBytes.of(config).kvCache(0));
    assertThat(plan.streamedBytes()).isBetween(0.0, plan.staticBytes());
    assertThat(plan.readAheadBytes()).isNotNegative();
  }

  private static MemoryPlan plan(
      String policy, Overlap overlap, Capacity capacity, boolean streamStatic) {
    return MemoryPlanner.plan(config(overlap, capacity, streamStatic), make(policy));
  }

  private static PointConfig config(Overlap overlap, Capacity capacity, boolean streamStatic) {
    return PointConfig.newBuilder()
        .setModel(SHAPE)
        .setHardware(HardwareProfile.newBuilder().setOverlap(overlap))
        .setBlockLength(16)
        .setCapacity(capacity)
        .setStreamStatic(streamStatic)
        .build();
  }

  private static Capacity dram(double fraction) {
    return Capacity.newBuilder().setDramFraction(fraction).build();
  }

  private static MaskPolicy make(String text) {
    return Policies.create(Policies.parse(text), new PolicyContext(SHAPE, null));
  }
}
