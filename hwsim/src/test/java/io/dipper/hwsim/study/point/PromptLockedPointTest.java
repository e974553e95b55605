package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points whose masks the prompt fixes: what is decoded, and when it is loaded. */
class PromptLockedPointTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final int PROMPT = 32;
  private static final int LAYERS = 6;

  @AutoClose private static final TraceReader trace = TraceReader.open(TRACE);
  private static final Simulation simulation = Simulation.of(TRACE, trace, 2, Progress.SILENT);

  @Test
  void theAnswer_isAllThatIsDecoded_andThePromptIsThePoints() {
    PointConfig config = config("prompt-locked:keep=0.5,prompt=32", "lru", 0.6);
    assertThat(config.getPromptLength()).isEqualTo(PROMPT);
    Demand demand = demand(config);
    assertThat(demand.sequenceLengths()).containsExactly(96, 96, 96);
    assertThat(demand.tokens()).isEqualTo(3 * 96);
    assertThat(demand.density()).isEqualTo(0.5);
  }

  /** Caches that hold the mask: the first token of an answer misses, and none after it. */
  @ParameterizedTest
  @ValueSource(strings = {"lru", "lfu", "fifo", "belady"})
  void aMaskThatFits_isLoadedOnce(String cache) {
    Demand demand = demand(config("prompt-locked:keep=0.5,prompt=32", cache, 0.6));
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int row = 0; row < demand.tokens(); row++) {
        int missed = demand.selected(0, layer, row) - demand.hits(0, layer, row);
        assertThat(demand.selected(0, layer, row)).isEqualTo(256);
        if (row % 96 == 0) {
          assertThat(missed).isBetween(1, 256);
        } else {
          assertThat(missed).as("layer %d, row %d", layer, row).isZero();
        }
      }
    }
  }

  @Test
  void withoutCaches_everyTokenReadsTheWholeMask() {
    Demand demand = demand(config("prompt-locked:keep=0.5,prompt=32", "none", 0.6));
    assertThat(demand.total(Count.HITS, 0)).isZero();
    assertThat(demand.total(Count.SELECTED, 0)).isEqualTo(256L * LAYERS * 3 * 96);
  }

  /** The prompt's full masks set nothing aside for reading ahead. */
  @Test
  void caches_areAsLargeAsThoseOfAnyMaskOfTheseMatrices() {
    for (double keep : new double[] {0.5, 1}) {
      PointConfig locked =
          partial("prompt-locked:prompt=32,keep=" + keep, "lru", 0.6).toBuilder()
              .setCapacity(Capacities.dram("80%"))
              .build();
      PointConfig oracle =
          locked.toBuilder().setPolicy(Policies.parse("glu-oracle:keep=" + keep)).build();
      assertThat(simulation.plan(simulation.complete(locked)).plan().cacheColumns())
          .isEqualTo(simulation.plan(simulation.complete(oracle)).plan().cacheColumns());
    }
  }

  @Test
  void everyRenewal_isOneDenseToken() {
    Demand demand = demand(config("prompt-locked:keep=0.5,prompt=32,renew=20", "lru", 0.6));
    for (int row = 0; row < demand.tokens(); row++) {
      boolean dense = (row % 96 + 1) % 20 == 0;
      assertThat(demand.selected(0, 3, row)).isEqualTo(dense ? 512 : 256);
    }
  }

  /** The longer an answer, the less of a token's time the load is. */
  @Test
  void onceLoaded_tokensReadNothingFromFlash() {
    PointConfig config =
        config("prompt-locked:keep=0.5,prompt=32", "lru", 0.6).toBuilder()
            .setAccounting(AccountingKind.DES)
            .build();
    PlannedPoint point = simulation.plan(config);
    Demand demand = demand(config);
    double missed = demand.total(Count.SELECTED, 0) - demand.total(Count.HITS, 0);
    double read =
        demand.reads(0, demand.groups().get(0).bytesPerUnit(config.getBits())).missedBytes();
    assertThat(read)
        .isCloseTo(
            missed * demand.groups().get(0).bytesPerUnit(config.getBits()), within(1e-6 * read));
    assertThat(missed).isLessThanOrEqualTo(3.0 * LAYERS * 256);
    assertThat(point.time(demand).tokensPerSecond())
        .isGreaterThan(
            point
                .time(demand(config("prompt-locked:keep=0.5,prompt=32", "none", 0.6)))
                .tokensPerSecond());
  }

  @Test
  void aPromptOfAnotherLength_isRefused() {
    assertThatThrownBy(
            () ->
                simulation.complete(
                    partial("prompt-locked:keep=0.5,prompt=32", "lru", 0.6).toBuilder()
                        .setPromptLength(64)
                        .build()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "policy prompt-locked decides by a prompt of 32 tokens, and the point's has 64; leave"
                + " the latter out, or give the policy prompt=64");
  }

  @Test
  void aPromptThatLeavesNothing_isRefused() {
    assertThatThrownBy(
            () -> simulation.plan(config("prompt-locked:keep=0.5,prompt=128", "lru", 0.6)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "a prompt of 128 tokens leaves nothing of sequences of 128; make the prompt shorter");
  }

  @Test
  void aPageCache_isRefused() {
    MaskPolicy policy =
        Policies.create(
            Policies.parse("prompt-locked:keep=0.5"), new PolicyContext(trace.model(), trace));
    assertThatThrownBy(
            () -> new ReplayPoint(policy, Caches.parse("page-cache"), new int[] {100}, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("policy prompt-locked has its prompt computed in one pass");
  }

  private static PointConfig config(String policy, String cache, double fraction) {
    return simulation.complete(partial(policy, cache, fraction));
  }

  private static PointConfig partial(String policy, String cache, double fraction) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve("snapdragon-8-gen-3").profile())
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setCapacity(Capacities.cacheFraction(fraction))
        .build();
  }

  private static Demand demand(PointConfig config) {
    return new Replay(trace, 2, Progress.SILENT)
        .run(List.of(simulation.plan(config).replayPoint()))
        .get(0);
  }
}
