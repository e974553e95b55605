package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.PointConfig;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes and times of long contexts and of windows, against arithmetic by hand. */
class ContextTest {
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-6);

  /** Keys and values of 8 heads of 128 numbers in 32 layers: 65,536 numbers. */
  private static final double NUMBERS = 2 * 8 * 128 * 32;

  /** The last 128 tokens of 131,072 read 131,008 positions on average, not half of them. */
  @ParameterizedTest
  @EnumSource(
      value = AccountingKind.class,
      names = {"DES", "PAPER"})
  void aRunAtTheEndOfALongContext_readsAllOfItForEveryToken(AccountingKind accounting) {
    SimulatedPoint point =
        run("llama-3-8b", 128, config(accounting).setBlockLength(131_072), "q4_k_m");
    double bytes = point.config().getBits().getKvCache() / 8 * NUMBERS;
    assertThat(point.config().getBits().getKvCache()).isIn(8.0, 16.0);
    assertThat(kvRead(point)).isCloseTo((131_072 - 64) * bytes, ROUNDING);
    assertThat(point.plan().ledger().bytes(MemoryPart.KV_CACHE))
        .isCloseTo(131_072 * bytes, ROUNDING);
    double seconds = point.row().demand().traffic().touchedBytesPerToken() / 60e9;
    assertThat(point.row().time().tokensPerSecond())
        .isCloseTo(1 / seconds, Percentage.withPercentage(1));
  }

  /** A prompt of 100,000 and 128 tokens fill 100,128 positions; the mean is at their middle. */
  @Test
  void aPromptAndARun_growFromTheOneToTheOther() {
    SimulatedPoint point =
        run("llama-3-8b", 128, config(AccountingKind.DES).setPromptLength(100_000), "q4_0");
    assertThat(kvRead(point)).isCloseTo((100_000 + 64) * 2 * NUMBERS, ROUNDING);
  }

  /** 32 layers keep 4,096 positions of 131,072 bytes: 0.54 GB, not 4.29. */
  @Test
  void aWindow_boundsWhatIsKeptAndWhatIsRead() {
    SimulatedPoint point =
        run("mistral-7b", 768, config(AccountingKind.DES).setPromptLength(32_000), "q4_0");
    assertThat(point.plan().ledger().bytes(MemoryPart.KV_CACHE)).isEqualTo(536_870_912);
    assertThat(kvRead(point)).isCloseTo(4096 * 2 * NUMBERS, ROUNDING);
  }

  /**
   * From 0 to 8,192 positions through a window of 4,096: half of the tokens read 2,048 on average,
   * half 4,096.
   */
  @Test
  void aRunThatOutgrowsItsWindow_readsTheMeanOfTheShorter() {
    SimulatedPoint point = run("mistral-7b", 8192, config(AccountingKind.DES), "q4_0");
    assertThat(kvRead(point)).isCloseTo((2048 + 4096) / 2.0 * 2 * NUMBERS, ROUNDING);
    SimulatedPoint within = run("mistral-7b", 4096, config(AccountingKind.DES), "q4_0");
    assertThat(kvRead(within)).isCloseTo(2048 * 2 * NUMBERS, ROUNDING);
  }

  /** Of 26 layers 4 (the 6th, 12th, 18th and 24th) keep all, 22 keep 512; 1,024 bytes each. */
  @Test
  void mixedWindows_areTakenLayerByLayer() {
    SimulatedPoint point =
        run("gemma-3-1b", 100, config(AccountingKind.DES).setBlockLength(32_768), "q4_0");
    double kept = (4 * 32_768 + 22 * 512) * 1024.0;
    assertThat(point.plan().ledger().bytes(MemoryPart.KV_CACHE)).isCloseTo(kept, ROUNDING);
    double read = (4 * (32_768 - 50) + 22 * 512) * 1024.0;
    assertThat(kvRead(point)).isCloseTo(read, ROUNDING);
  }

  /** At 60 GB/s: what differs between contexts is what is read of the cache. */
  @ParameterizedTest
  @CsvSource({"mistral-7b, 0", "llama-3-8b, 57344"})
  void theTimeOfAToken_growsByTheBytesOfTheContext(String shape, long morePositions) {
    double bytes = 2 * NUMBERS * morePositions;
    double seconds = seconds(shape, 65_536) - seconds(shape, 8_192);
    assertThat(seconds).isCloseTo(bytes / 60e9, within(1e-9));
  }

  private static double seconds(String shape, int context) {
    SimulatedPoint point =
        run(shape, 64, config(AccountingKind.DES).setBlockLength(context), "q4_0");
    return 1 / point.row().time().tokensPerSecond();
  }

  /**
   * Attention of a prompt of n tokens does 4 A FLOP (A = 4,096) for each token and position that it
   * sees: n²/2 of them, through a window of w after the first w tokens only w each.
   */
  @ParameterizedTest
  @CsvSource({
    "llama-3-8b, 16384, 134217728",
    "mistral-7b, 16384, 58720256",
    "mistral-7b, 4096, 8388608"
  })
  void thePromptsArithmetic_isThatOfTheTrianglesWindow(String shape, int prompt, double pairs) {
    SimulatedPoint point =
        run(
            shape,
            1,
            config(AccountingKind.DES)
                .setPromptLength(prompt)
                .setHardware(
                    HardwareProfiles.resolve("jetson-orin-nano").profile().toBuilder()
                        .clearDram()
                        .setDram(HardwareProfiles.resolve("paper").profile().getDram())),
            "f16");
    double attention = 4 * 4096.0 * pairs * 32;
    double perToken = 2 * (point.config().getModel().getLayers() * layerWeights());
    double head = 2 * 4096.0 * point.config().getModel().getVocabularySize();
    double seconds = (attention + prompt * (perToken + head)) / (10e12 * 0.4);
    assertThat(point.row().time().firstToken().ttftS())
        .isCloseTo(seconds, Percentage.withPercentage(1.5));
  }

  private static double layerWeights() {
    return 3 * 4096.0 * 14_336 + 4096.0 * 4096 * 2.5;
  }

  @Test
  void aPromptOfTwoThousandMillionTokens_isCountedWithoutOverflow() {
    SimulatedPoint point =
        run("llama-3-8b", 128, config(AccountingKind.DES).setPromptLength(2_000_000_000), "q4_0");
    assertThat(point.plan().ledger().bytes(MemoryPart.KV_CACHE))
        .isCloseTo(2_000_000_128.0 * 2 * NUMBERS, ROUNDING);
    assertThat(kvRead(point)).isCloseTo(2_000_000_064.0 * 2 * NUMBERS, ROUNDING);
  }

  @Test
  void aContextBeyondAllNumbers_isRefused() {
    assertThatThrownBy(
            () ->
                run(
                    "llama-3-8b",
                    128,
                    config(AccountingKind.DES).setPromptLength(Integer.MAX_VALUE),
                    "q4_0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a prompt of 2147483647 and 128 tokens are more than");
  }

  @Test
  void aContextThatIsShorterThanTheRun_isRefused() {
    assertThatThrownBy(
            () ->
                run(
                    "llama-3-8b",
                    128,
                    config(AccountingKind.DES).setPromptLength(100).setBlockLength(150),
                    "q4_0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a prompt of 100 and 128 tokens do not fit a context of 150");
  }

  /** The paper's formula is p T H 2 L g, whatever the model's window. */
  @Test
  void thePapersFormula_knowsNoWindow() {
    SimulatedPoint point =
        run("mistral-7b", 768, config(AccountingKind.PAPER).setPromptLength(32_000), "q4_0");
    double bytes = point.config().getBits().getKvCache() / 8 * NUMBERS;
    assertThat(point.plan().ledger().bytes(MemoryPart.KV_CACHE))
        .isCloseTo(32_768 * bytes, ROUNDING);
  }

  private static double kvRead(SimulatedPoint point) {
    double parts = 0;
    for (MemoryPart part : MemoryPart.values()) {
      parts += part == MemoryPart.KV_CACHE ? 0 : point.plan().ledger().bytes(part);
    }
    return point.row().demand().traffic().touchedBytesPerToken() - parts;
  }

  private static PointConfig.Builder config(AccountingKind accounting) {
    return PointConfig.newBuilder()
        .setAccounting(accounting)
        .setHardware(HardwareProfiles.resolve("paper").profile())
        .setPolicy(Policies.parse("dense"))
        .setCapacity(Capacities.dram("100%"));
  }

  private static SimulatedPoint run(
      String shape, int tokens, PointConfig.Builder config, String quant) {
    ShapeRecording recording = new ShapeRecording(ModelShapes.find(shape), tokens);
    Simulation simulation =
        Simulation.of(recording, 1, Progress.SILENT).quantised(Quantisations.find(quant));
    return simulation.run(simulation.complete(config.build()));
  }
}
