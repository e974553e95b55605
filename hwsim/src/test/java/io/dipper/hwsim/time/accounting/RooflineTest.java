package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.CacheStart;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading against computing, of a token and of a prompt, held to closed forms from both sides. */
class RooflineTest {
  private static final Percentage RESOLUTION = Percentage.withPercentage(100 * 1e-6);
  private static final double FLASH = 1e9;
  private static final double DRAM = 60e9;

  /** At 4 bits a byte takes 4 FLOP, at 8 bits 2: the knees are at 240 and 120 GFLOP/s. */
  @ParameterizedTest
  @CsvSource({"4, 240e9", "8, 120e9"})
  void aMatrix_turnsFromMemoryToComputeAtItsKnee(double bits, double knee) {
    for (double factor : new double[] {4, 1.001, 1, 0.999, 0.5, 0.1}) {
      PointConfig config = uniform(bits, factor * knee);
      ModelBytes bytes = ModelBytes.of(config);
      double others = (bytes.mlp() + bytes.head()) / DRAM / Math.min(1, factor);
      double read = (bytes.attention() + bytes.kvCache(0.5)) / DRAM;
      double attention = Math.max(read, bytes.attention() / DRAM / factor);
      assertThat(seconds(config, 1))
          .as("at %s knees", factor)
          .isCloseTo(others + attention, RESOLUTION);
    }
  }

  @Test
  void eachKindOfLayer_computesAtTheRateOfItsOwnBits() {
    HardwareProfile.Builder device = device(Overlap.NONE);
    device.getProcessorBuilder().setPeakInt4(q(4e9)).setPeakInt8(q(2e9)).setPeakFp16(q(1e9));
    PointConfig.Builder config = Synthetic.config(device.build(), 64, 0).toBuilder();
    config.getBitsBuilder().setKvCache(16);
    ModelBytes bytes = ModelBytes.of(config.build());
    // Two FLOP per weight: 4-bit MLP and attention, an 8-bit head, and per position of the 16-bit
    // cache 4 H in each layer; 32 positions on average.
    double seconds =
        2 * (bytes.mlp() + bytes.attention()) / 0.5 / 4e9
            + 2 * bytes.head() / 2e9
            + 4.0 * 512 * 32 * LAYERS / 1e9;
    assertThat(seconds(config.build(), 1)).isCloseTo(seconds, RESOLUTION);
    // A rate of attention replaces that of the cache's bits.
    config.getHardwareBuilder().getProcessorBuilder().setPeakAttention(q(0.25e9));
    assertThat(seconds(config.build(), 1))
        .isCloseTo(seconds + 3 * 4.0 * 512 * 32 * LAYERS / 1e9, RESOLUTION);
  }

  @ParameterizedTest
  @EnumSource(
      value = Overlap.class,
      names = {"NONE", "IO", "PIPELINE"})
  void aLongPrompt_takesItsArithmetic(Overlap overlap) {
    HardwareProfile device = peak(overlap, 10e9);
    PointConfig config = Synthetic.config(device, 4096, 4096);
    double compute = promptFlops(config) / 10e9;
    double bytes = promptBytes(config, 0) / FLASH;
    // What little does not hide behind the arithmetic is Flash and DRAM, read once.
    double seconds = ttft(config, 0);
    assertThat(seconds).isBetween(compute * (1 - 1e-9), compute + bytes + 0.001 * compute);
    assertThat(bytes).isLessThan(0.01 * compute);
  }

  @Test
  void aShortPrompt_takesFlashBytesOverBandwidth() {
    PointConfig config = Synthetic.config(peak(Overlap.PIPELINE, 1e12), 64, 4);
    double flash = promptBytes(config, 0) / FLASH;
    double seconds = ttft(config, 0);
    assertThat(seconds).isGreaterThanOrEqualTo(flash * (1 - 1e-9));
    assertThat(seconds).isCloseTo(flash, Percentage.withPercentage(3));
  }

  @Test
  void betweenThem_aPipelinedPromptTakesTheLarger() {
    for (int prompt = 1; prompt <= 1024; prompt *= 4) {
      PointConfig config = Synthetic.config(peak(Overlap.PIPELINE, 100e9), 1024, prompt);
      double flash = promptBytes(config, 0) / FLASH;
      double compute = promptFlops(config) / 100e9;
      double stage = Math.max(flash, compute) / (2 * LAYERS);
      double seconds = ttft(config, 0);
      assertThat(seconds).isGreaterThanOrEqualTo(Math.max(flash, compute) * (1 - 1e-9));
      // The first fetch and the last step have nothing to hide behind.
      assertThat(seconds).isLessThan(Math.max(flash, compute) + 2 * stage);
    }
  }

  @Test
  void aSerialPrompt_isTheSumOfItsParts() {
    PointConfig config = Synthetic.config(peak(Overlap.NONE, 1e12), 256, 128);
    ModelBytes bytes = ModelBytes.of(config);
    // Attention and head compute longer than they are read at 128 tokens; no step reads anything
    // else.
    double seconds = promptBytes(config, 0) / FLASH + promptFlops(config) / 1e12;
    assertThat(2 * 128 * bytes.head() / 1e12).isGreaterThan(bytes.head() / DRAM);
    assertThat(ttft(config, 0)).isCloseTo(seconds, RESOLUTION);
  }

  @Test
  void aPromptThatFindsCarriedCaches_readsOnlyWhatIsNotCached() {
    PointConfig cold = Synthetic.config(device(Overlap.NONE).build(), 64, 0);
    PointConfig carried = cold.toBuilder().setCacheStart(CacheStart.CARRIED).build();
    PointConfig prefilled = cold.toBuilder().setCacheStart(CacheStart.PREFILLED).build();
    ModelBytes bytes = ModelBytes.of(cold);
    double still = (bytes.attention() + bytes.head()) / DRAM;
    for (double share : new double[] {0, 0.25, 1}) {
      double expected = still + promptBytes(cold, share) / FLASH + share * bytes.mlp() / DRAM;
      assertThat(ttft(carried, share)).isCloseTo(expected, RESOLUTION);
      // What a prompt leaves in the caches it did not find there.
      assertThat(ttft(prefilled, share)).isCloseTo(still + bytes.mlp() / FLASH, RESOLUTION);
      assertThat(ttft(cold, share)).isCloseTo(still + bytes.mlp() / FLASH, RESOLUTION);
    }
    PointConfig.Builder none = carried.toBuilder();
    none.getCacheBuilder().setPolicy("none");
    assertThat(ttft(none.build(), 1)).isCloseTo(still + bytes.mlp() / FLASH, RESOLUTION);
  }

  private static double promptBytes(PointConfig config, double cachedShare) {
    return (1 - cachedShare) * ModelBytes.of(config).mlp();
  }

  /** Each token meets every weight, and half of the prompt. */
  private static double promptFlops(PointConfig config) {
    ModelBytes bytes = ModelBytes.of(config);
    int prompt = config.getPromptLength();
    double weights = (bytes.mlp() + bytes.attention()) / 0.5 + bytes.head();
    return prompt * (2 * weights + 4.0 * 512 * prompt / 2 * LAYERS);
  }

  private static double ttft(PointConfig config, double cachedShare) {
    MemoryPlan empty = Synthetic.plan(config, DIP, 0);
    int[] columns = {(int) (cachedShare * 512), (int) (cachedShare * 1536)};
    MemoryPlan plan =
        new MemoryPlan(
            empty.dramBytes(), empty.staticBytes(), 0, columns, empty.totalBytes(), empty.ledger());
    return new DesAccounting()
        .time(new Workload(config, plan, Synthetic.random(DIP, 3, 4)))
        .ttftSeconds();
  }

  /**
   * One token of a model whose matrices all have the same bits; attention over its cache is free.
   */
  private static PointConfig uniform(double bits, double peak) {
    HardwareProfile.Builder device = device(Overlap.NONE);
    device.getProcessorBuilder().setPeakInt4(q(peak)).setPeakInt8(q(peak)).setPeakFp16(q(1e18));
    PointConfig.Builder config = Synthetic.config(device.build(), 1, 0).toBuilder();
    config.getBitsBuilder().setMlp(bits).setAttention(bits).setHead(bits).setKvCache(16);
    return config.build();
  }

  private static double seconds(PointConfig config, double hitShare) {
    int tokens = config.getBlockLength();
    return 1
        / new DesAccounting()
            .time(
                new Workload(
                    config, Synthetic.plan(config, DIP, 0), Synthetic.dense(DIP, hitShare, tokens)))
            .tokensPerSecond();
  }

  private static HardwareProfile peak(Overlap overlap, double flopPerSecond) {
    HardwareProfile.Builder device = device(overlap);
    device.getProcessorBuilder().setPeak(q(flopPerSecond));
    return device.build();
  }

  private static HardwareProfile.Builder device(Overlap overlap) {
    HardwareProfile.Builder device =
        HardwareProfile.newBuilder().setName("test").setOverlap(overlap);
    device.getFlashBuilder().setMaxBandwidth(q(FLASH));
    device.getDramBuilder().setBandwidth(q(DRAM));
    return device;
  }
}
