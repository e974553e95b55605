package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.Accepted;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.CacheStart;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Points whose steps have several tokens, against their closed forms. */
class WindowPointTest {
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-6);

  /** Sequences of 128 tokens: every window has all of its tokens. */
  @ParameterizedTest
  @CsvSource({"4, DES", "32, DES", "8, PAPER"})
  void aDenseToken_readsAnNthOfTheBytesInAnNthOfTheTime(int window, AccountingKind accounting) {
    PointConfig.Builder dense =
        point("dense", "70%").setCacheStart(CacheStart.PROMPTED).setAccounting(accounting);
    PointRow one = run(dense);
    PointRow several = run(dense.setWindow(window));
    assertThat(several.demand().traffic().flashBytesPerToken())
        .isCloseTo(one.demand().traffic().flashBytesPerToken() / window, ROUNDING);
    assertThat(several.demand().traffic().dramBytesPerToken())
        .isCloseTo(one.demand().traffic().dramBytesPerToken() / window, ROUNDING);
    assertThat(several.time().tokensPerSecond())
        .isCloseTo(window * one.time().tokensPerSecond(), ROUNDING);
    assertThat(several.demand().tokens()).isEqualTo(one.demand().tokens());
    assertThat(several.demand().density()).isEqualTo(one.demand().density());
  }

  /** A joule for each FLOP: every token computes its own units, whatever others read. */
  @ParameterizedTest
  @ValueSource(strings = {"dense", "dip:density=0.5", "glu:keep=0.3"})
  void arithmeticAndChoice_areThoseOfEachToken(String policy) {
    PointConfig.Builder config = point(policy, "90%");
    Processor.Builder processor = config.getHardwareBuilder().getProcessorBuilder();
    processor.setSelectPerElement(Quantity.newBuilder().setValue(1e-9));
    config.getHardwareBuilder().getEnergyBuilder().getFlashReadBuilder().setValue(0);
    config.getHardwareBuilder().getEnergyBuilder().getDramAccessBuilder().setValue(0);
    config.getHardwareBuilder().getEnergyBuilder().getComputeBuilder().setValue(1);
    PointRow one = run(config);
    PointRow several = run(config.setWindow(8));
    assertThat(joule(several)).isCloseTo(joule(one), ROUNDING);
    assertThat(several.time().byActivity().timeSelectS())
        .isCloseTo(Objects.requireNonNull(one.time().byActivity().timeSelectS()), ROUNDING);
    assertThat(several.demand().traffic().flashBytesPerToken())
        .isLessThan(one.demand().traffic().flashBytesPerToken());
  }

  /** Where arithmetic limits, tokens that are computed together gain nothing. */
  @Test
  void aComputeBoundPoint_isAsFastInWindows() {
    PointConfig.Builder config = point("dense", "100%").setCacheStart(CacheStart.PROMPTED);
    config.getHardwareBuilder().getProcessorBuilder().setPeak(Quantity.newBuilder().setValue(1e8));
    double one = run(config).time().tokensPerSecond();
    assertThat(run(config.setWindow(16)).time().tokensPerSecond()).isCloseTo(one, ROUNDING);
  }

  @ParameterizedTest
  @EnumSource(names = {"DES", "PAPER"})
  void tokensThatAreNotAccepted_areComputedForNothing(AccountingKind accounting) {
    PointConfig.Builder config =
        point("dip:density=0.5", "70%").setWindow(4).setAccounting(accounting);
    PointRow all = run(config);
    PointRow some = run(config.setAccepted(Accepted.newBuilder().setTokens(2.5)));
    PointRow share = run(config.setAccepted(Accepted.newBuilder().setShare(0.625)));
    assertThat(some.time().tokensPerSecond())
        .isCloseTo(0.625 * all.time().tokensPerSecond(), ROUNDING)
        .isEqualTo(share.time().tokensPerSecond());
    assertThat(some.demand().traffic().flashBytesPerToken())
        .isCloseTo(all.demand().traffic().flashBytesPerToken() / 0.625, ROUNDING);
    assertThat(some.time().byActivity().timeFlashS())
        .isCloseTo(Objects.requireNonNull(all.time().byActivity().timeFlashS()) / 0.625, ROUNDING);
    assertThat(some.demand().hits().hitRate()).isEqualTo(all.demand().hits().hitRate());
  }

  @Test
  void aWindowOfOne_isThePointThatItAlwaysWas() {
    PointConfig.Builder config = point("dip:density=0.5", "70%");
    String id = id(config);
    assertThat(id(config.setWindow(1).setAccepted(Accepted.newBuilder().setShare(0.7))))
        .isEqualTo(id);
    String four = id(config.setWindow(4));
    assertThat(four).isNotEqualTo(id).isNotEqualTo(id(config.clearAccepted()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5         | of 4 tokens 5 cannot be accepted; give at most 4",
        "10%       | 10% accepted of 4 tokens are less than one for a step; give at least 1",
      })
  void moreThanAll_orLessThanOne_isNotAccepted(String accepted, String why) {
    PointConfig.Builder config =
        point("dip:density=0.5", "70%")
            .setWindow(4)
            .setAccepted(PointSettings.ACCEPTED.spellings().get(0).values().parse(accepted));
    assertThatThrownBy(() -> run(config))
        .isInstanceOf(UserException.class)
        .hasMessage("window: " + why);
  }

  @ParameterizedTest
  @CsvSource({"all, all", "70%, 70%", "2.5, 2.5", "12.5 %, 12.5%", "1, 1", "100%, 100%"})
  void whatIsAccepted_isWrittenAsItIsRead(String text, String printed) {
    Accepted read = PointSettings.ACCEPTED.spellings().get(0).values().parse(text);
    assertThat(PointSettings.ACCEPTED.spellings().get(0).values().print(read)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.7", "0%", "-1", "110%", "some", "nan"})
  void anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> PointSettings.ACCEPTED.spellings().get(0).values().parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + text + "' is no");
  }

  @Test
  void thePageCache_isRefused() {
    PointConfig.Builder config =
        point("dense", "70%").setWindow(2).setCache(Caches.parse("page-cache"));
    config.getHardwareBuilder().getFlashBuilder().getPageCacheBuilder();
    assertThatThrownBy(() -> run(config))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the page cache is replayed token by token");
  }

  private static double joule(PointRow row) {
    return Objects.requireNonNull(row.time().energy().energyJPerToken());
  }

  private static PointConfig.Builder point(String policy, String dram) {
    HardwareProfile device = HardwareProfiles.resolve("paper").profile();
    return PointConfig.newBuilder()
        .setHardware(device)
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse("lfu"))
        .setCapacity(Capacities.dram(dram));
  }

  private static String id(PointConfig.Builder config) {
    return simulated(simulation -> ConfigDigest.of(simulation.complete(config.build()))).pointId();
  }

  private static PointRow run(PointConfig.Builder config) {
    return simulated(simulation -> simulation.run(simulation.complete(config.build())).row());
  }

  private static <T> T simulated(Function<Simulation, T> use) {
    Path file = SharedData.testdata("golden/bookworm.arrow");
    try (TraceReader trace = TraceReader.open(file)) {
      return use.apply(Simulation.of(file, trace, 1, Progress.SILENT));
    }
  }
}
