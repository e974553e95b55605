package io.dipper.hwsim.replay.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.routes.RouteImport;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.WeightBits;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The replay of a phone's router trace, held to an independent one and to what the phone read. */
class GoldenExpertsTest {
  private static final long PAGE = 4096;
  private static final long MIB = 1 << 20;

  @TempDir static Path folder;

  private static TraceReader trace;
  private static Steps steps;
  private static ExpertSlices slices;
  private static ExpertUnits units;

  @BeforeAll
  static void importTrace() {
    Path routes = SharedData.external("data/moe/phone/qwen3-30b-a3b.route.csv");
    Path file = folder.resolve("t.arrow");
    try (OutputFile output = OutputFile.recording(file, OutputFile.Existing.REPLACED)) {
      RouteImport.run(routes, "test", output, Progress.SILENT);
    }
    trace = TraceReader.open(file);
    steps = Steps.of(trace.sequenceLengths(), trace.manifest().getPromptsList());
    slices = ExpertSlices.of(trace.model(), WeightBits.getDefaultInstance());
    units = ExpertUnits.of(trace.model(), slices);
  }

  private static ExpertDemand replay(String policy, String cache, long bytes) {
    ExpertPolicy made =
        (ExpertPolicy)
            Policies.create(Policies.parse(policy), new PolicyContext(trace.model(), trace));
    return new ExpertReplay(trace, steps, units, Progress.SILENT)
        .run(new ExpertPoint(made, Caches.parse(cache), bytes, 0, CacheStart.COLD));
  }

  @TestFactory
  List<DynamicTest> everyPoint_equalsTheIndependentReplay() throws IOException {
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.testdata("golden/moe/qwen3-30b-a3b.replay.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode point : golden.get("points")) {
      String cache = point.get("cache").asText() + ":scope=" + point.get("scope").asText();
      JsonNode drop = point.get("drop_cold");
      String policy = drop == null ? "router" : "drop-cold:f=" + drop.asDouble();
      long mib = point.get("budget_mib").asLong();
      tests.add(
          DynamicTest.dynamicTest(
              policy + " " + cache + " " + mib + " MiB",
              () -> check(point, replay(policy, cache, mib * MIB))));
    }
    assertThat(tests).hasSize(43);
    return tests;
  }

  private static void check(JsonNode point, ExpertDemand demand) {
    ExpertTotals decode = demand.totals(true);
    ExpertTotals prompt = demand.totals(false);
    assertThat(decode.lookups()).isEqualTo(point.get("decode_lookups").asLong());
    assertThat(decode.hits()).isEqualTo(point.get("decode_hits").asLong());
    assertThat(decode.lookups() + prompt.lookups()).isEqualTo(point.get("lookups").asLong());
    assertThat(decode.hits() + prompt.hits()).isEqualTo(point.get("hits").asLong());
    assertThat(decode.missedBytes() + prompt.missedBytes())
        .isEqualTo(point.get("bytes_read").asLong());
    assertThat(decode.dropped()).isEqualTo(point.get("dropped").asLong());
    assertThat(demand.droppedWeight())
        .isCloseTo(point.get("dropped_weight").asDouble(), within(1e-3));
    JsonNode perToken = point.get("decode_misses_per_token");
    if (perToken != null) {
      long[] want =
          IntStream.range(0, perToken.size()).mapToLong(i -> perToken.get(i).asLong()).toArray();
      assertThat(missesByToken(demand)).isEqualTo(want);
    }
  }

  private static long[] missesByToken(ExpertDemand demand) {
    return decodedSteps().mapToLong(step -> demand.totals(step).misses()).toArray();
  }

  private static IntStream decodedSteps() {
    return IntStream.range(0, steps.count()).filter(step -> steps.all().get(step).decode());
  }

  @Test
  void bytesReadPerToken_equalThoseOfThePhone_exceptOneTokenThatReadLess() throws IOException {
    Path metrics = SharedData.external("data/moe/phone/qwen3-30b-a3b.metrics");
    List<Long> phone =
        Files.readAllLines(metrics).stream()
            .filter(line -> !line.isBlank() && Character.isDigit(line.charAt(0)))
            .map(line -> Long.parseLong(line.split(",")[5]))
            .toList();
    ExpertDemand demand = replay("router", "lru:scope=global", 4000 * MIB);
    List<Long> replayed = decodedSteps().mapToObj(step -> bytesRead(demand, step)).toList();
    assertThat(replayed).hasSameSizeAs(phone);
    long equal = IntStream.range(0, 128).filter(i -> replayed.get(i).equals(phone.get(i))).count();
    assertThat(equal).isEqualTo(127);
  }

  private static long bytesRead(ExpertDemand demand, int step) {
    return IntStream.range(0, units.layerCount())
        .mapToLong(
            layer ->
                demand
                    .missed(step, layer)
                    .mapToLong(e -> slices.bytesRead(units.layers()[layer], e, PAGE))
                    .sum())
        .sum();
  }

  @Test
  void importedTrace_saysWhatItIsAndWhatItLacks() {
    assertThat(trace.manifest().getSitesList()).containsExactly("experts", "expert_weights");
    assertThat(trace.manifest().getPromptsList()).containsExactly(28);
    assertThat(trace.manifest().getImportedFrom()).isEqualTo("qwen3-30b-a3b.route.csv");
    assertThat(trace.model().getName()).isEqualTo("Qwen3-30B-A3B-Q4_K_M");
    assertThat(trace.model().getNormTopk()).isTrue();
  }
}
