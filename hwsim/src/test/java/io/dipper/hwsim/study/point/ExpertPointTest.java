package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.routes.RouteImport;
import io.dipper.hwsim.study.result.ExpertUseRow;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.CacheStart;
import io.dipper.proto.Capacity;
import io.dipper.proto.PointConfig;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Points of a model with experts: counts, bytes and seconds of a small router trace. */
class ExpertPointTest {
  private static final int PAGE = 4096;
  private static final int TOKENS = 3;

  @TempDir static Path folder;
  private static TraceReader trace;
  private static Simulation simulation;

  /** Two layers of four experts, two of them per token; a prompt of one token, three decoded. */
  @BeforeAll
  static void importRoutes() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# model=tiny.gguf arch=tiny n_layer=2 n_expert=4 n_expert_used=2");
    lines.add("# layer=0 expert_bytes=" + 6 * PAGE + " dense_bytes=10000");
    lines.add("# layer=1 expert_bytes=" + 7 * PAGE + " dense_bytes=10000");
    lines.add("turn,phase,step,layer,slot,expert,weight");
    int[][] experts = {{0, 1}, {0, 2}, {0, 2}, {3, 0}};
    for (int step = 0; step <= TOKENS; step++) {
      for (int layer = 0; layer < 2; layer++) {
        for (int slot = 0; slot < 2; slot++) {
          lines.add(
              String.join(
                  ",",
                  "0",
                  step == 0 ? "0" : "1",
                  "" + step,
                  "" + layer,
                  "" + slot,
                  "" + experts[step][slot],
                  slot == 0 ? "0.8" : "0.2"));
        }
      }
    }
    Path routes = Files.write(folder.resolve("r.csv"), lines);
    Path file = folder.resolve("t.arrow");
    try (OutputFile output = OutputFile.recording(file, OutputFile.Existing.REPLACED)) {
      RouteImport.run(routes, "test", output, Progress.SILENT);
    }
    trace = TraceReader.open(file);
    simulation = Simulation.of(file, trace, 1, Progress.SILENT);
  }

  private static PointConfig.Builder point(String policy, String cache, Capacity capacity) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve("oneplus-15r").profile())
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setCapacity(capacity);
  }

  private static PointRow run(PointConfig.Builder point) {
    return simulation.run(simulation.complete(point.build())).row();
  }

  private static Capacity bytes(long bytes) {
    return Capacities.cacheBytes(bytes + " B");
  }

  @Test
  void vram_isRefused() {
    PointConfig.Builder point = point("router", "lru", bytes(100_000));
    point.getHardwareBuilder().getVramBuilder().getCapacityBuilder().setValue(1e9);
    assertThatThrownBy(() -> run(point))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("oneplus-15r has VRAM, and experts are simulated in DRAM alone");
  }

  /** The tokens of all steps choose {0, 1}, {0, 2}, {0, 2} and {3, 0}, in both layers alike. */
  @Test
  void uses_areCountedByLayerAndExpert_promptsIncluded() {
    assertThat(simulation.expertUses())
        .containsExactly(
            new ExpertUseRow(0, 0, 4, 4),
            new ExpertUseRow(0, 1, 4, 1),
            new ExpertUseRow(0, 2, 4, 2),
            new ExpertUseRow(0, 3, 4, 1),
            new ExpertUseRow(1, 0, 4, 4),
            new ExpertUseRow(1, 1, 4, 1),
            new ExpertUseRow(1, 2, 4, 2),
            new ExpertUseRow(1, 3, 4, 1));
  }

  @Test
  void row_countsDecodedTokensApartFromThePrompt() {
    PointRow row = run(point("router", "lru:scope=global", bytes(1 << 20)));
    assertThat(row.demand().tokens()).isEqualTo(TOKENS);
    assertThat(row.demand().experts().lookups()).isEqualTo(2L * 2 * TOKENS);
    assertThat(row.demand().experts().misses()).isEqualTo(4);
    assertThat(row.demand().experts().hits()).isEqualTo(8);
    assertThat(row.demand().experts().prompts().promptLookups()).isEqualTo(4);
    assertThat(row.demand().experts().prompts().promptHits()).isZero();
    assertThat(row.demand().experts().sizes().oneTokenCycleBytes()).isEqualTo(2 * (6 + 7) * PAGE);
    assertThat(row.demand().experts().sizes().expertCacheBytes()).isEqualTo(1 << 20);
    assertThat(row.demand().hits().hitRate()).isCloseTo(8.0 / 12, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(names = {"PREFILLED", "PROMPTED"})
  void caches_beginColdOrCarried(CacheStart start) {
    PointConfig.Builder point = point("router", "lru", bytes(1 << 20)).setCacheStart(start);
    assertThatThrownBy(() -> run(point))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cache start " + start.name().toLowerCase(Locale.ROOT))
        .hasMessageContaining("choose cold or carried");
  }

  @Test
  void bytesRead_areWholePagesAtPlacesThatAreNone() {
    PointRow row = run(point("router", "lru:scope=global", bytes(1 << 20)));
    double wanted = 2 * (6 + 7) * PAGE;
    assertThat(row.demand().traffic().flashBytesPerToken())
        .isCloseTo(wanted / TOKENS, within(1e-9));
    assertThat(row.time().reads().flashBytesReadPerToken())
        .isCloseTo((wanted + 4 * 3 * PAGE) / TOKENS, within(1e-9));
  }

  @Test
  void tokensFile_sumsToTheRow() throws IOException {
    Path file = folder.resolve("tokens.csv");
    PointConfig config =
        simulation.complete(point("router", "lru:scope=global", bytes(1 << 20)).build());
    PointRow row = simulation.run(config, new RunFiles(null, null, null, file)).row();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .isEqualTo(
            "token,selected,hits,misses,flash_bytes_read,requests,seconds,flash_wait_s,dram_s,"
                + "compute_s,other_s");
    assertThat(lines).hasSize(1 + TOKENS);
    double misses = 0;
    double bytes = 0;
    double requests = 0;
    double seconds = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      misses += Double.parseDouble(cells[3]);
      bytes += Double.parseDouble(cells[4]);
      requests += Double.parseDouble(cells[5]);
      seconds += Double.parseDouble(cells[6]);
    }
    assertThat(misses).isEqualTo(4);
    assertThat(requests).isEqualTo(12);
    assertThat(bytes / TOKENS).isCloseTo(row.time().reads().flashBytesReadPerToken(), within(1e-6));
    assertThat(TOKENS / seconds).isCloseTo(row.time().tokensPerSecond(), within(1e-6));
  }

  @Test
  void capacity_mayBeBytesOfExpertsOrAllOfTheMemory() {
    PointRow size = run(point("router", "lru", bytes(8 * 7 * PAGE)));
    assertThat(size.memory().dramBytes()).isEqualTo(20_000 + 8 * 7 * PAGE);
    PointRow dram =
        run(
            point(
                "router",
                "lru",
                Capacity.newBuilder().setDramBytes(size.memory().dramBytes()).build()));
    assertThat(dram.demand().experts().hits()).isEqualTo(size.demand().experts().hits());
    PointRow all = run(point("router", "lru", Capacities.cacheFraction(1)));
    assertThat(all.memory().dramBytes()).isEqualTo(20_000 + 4 * (6 + 7) * PAGE);
  }

  @Test
  void promptsPass_readsTheUnionOfItsExperts_beforeTheFirstToken() {
    PointRow row = run(point("router", "lru:scope=global", bytes(1 << 20)));
    assertThat(row.time().firstToken().ttftS()).isPositive();
    assertThat(row.time().firstToken().ttftWarmS()).isNull();
  }

  /** Heads that no router trace tells of, and experts so cheap that only keys and values differ. */
  @Test
  void promptsPass_readsTheKeysAndValuesThatItsTokensEnter() {
    PointConfig.Builder config =
        simulation.complete(point("router", "lru", bytes(1 << 20)).build()).toBuilder();
    double without = ttft(config.build());
    config.getModelBuilder().setHiddenSize(64).setHeads(8).setKvHeads(2).setHeadDim(8);
    config.getBitsBuilder().setKvCache(16);
    config.getHardwareBuilder().getProcessorBuilder().clear();
    double bandwidth = config.getHardware().getDram().getBandwidth().getValue();
    double one = ttft(config.build());
    config.getModelBuilder().setKvHeads(4);
    double two = ttft(config.build());
    assertThat(without).isPositive();
    // Twice the KV heads: of the prompt's one position two heads more, keys and values, 2 layers.
    double efficiency =
        config.getHardware().getDram().hasEfficiency()
            ? config.getHardware().getDram().getEfficiency().getValue()
            : 1;
    double more = 2.0 * 2 * 2 * 8 * 2 / (bandwidth * efficiency);
    assertThat(two - one).isCloseTo(more, within(1e-3 * more + 2e-12));
  }

  private static double ttft(PointConfig config) {
    return Objects.requireNonNull(simulation.run(config).row().time().firstToken().ttftS());
  }

  @Test
  void noCache_takesNoMemory() {
    PointRow row = run(point("router", "none", bytes(1 << 20)));
    assertThat(row.memory().dramBytes()).isEqualTo(20_000);
    assertThat(row.demand().experts().sizes().expertCacheBytes()).isZero();
    SimulatedPoint point =
        simulation.run(simulation.complete(point("router", "none", bytes(1 << 20)).build()));
    assertThat(point.plan().ledger().parts()).doesNotContainKey(MemoryPart.EXPERT_CACHES);
  }

  @Test
  void oneLruBelowATokensCycle_isWarnedOf() {
    PointConfig below =
        simulation.complete(point("router", "lru:scope=global", bytes(20 * PAGE)).build());
    assertThat(simulation.warnings(below))
        .hasSize(1)
        .allMatch(w -> w.contains("one token's cycle"));
    PointConfig above =
        simulation.complete(point("router", "lru:scope=global", bytes(26 * PAGE)).build());
    assertThat(simulation.warnings(above)).isEmpty();
  }

  @Test
  void paperAccounting_refusesExpertsByName() {
    PointConfig.Builder paper =
        point("router", "lru", bytes(1 << 20)).setAccounting(AccountingKind.PAPER);
    assertThatThrownBy(() -> run(paper))
        .hasMessage("accounting paper knows no experts, and tiny has some; choose des");
  }

  @Test
  void policyOfADenseMlp_isRefusedByName() {
    assertThatThrownBy(() -> run(point("dip:density=0.5", "lru", bytes(1 << 20))))
        .hasMessageStartingWith("policy dip masks a dense MLP, and tiny has experts");
  }

  @Test
  void settingsOfColumns_areRefused() {
    assertThatThrownBy(() -> run(point("router", "lru", bytes(1 << 20)).setMaxGap(64)))
        .hasMessageStartingWith("experts are read slice by slice");
  }

  @Test
  void budgetBelowOneExpert_isRefused() {
    assertThatThrownBy(() -> run(point("router", "lru", bytes(8 * PAGE))))
        .hasMessageContaining("is below one expert of " + 7 * PAGE + " bytes");
  }
}
