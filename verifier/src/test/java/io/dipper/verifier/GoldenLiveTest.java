package io.dipper.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import io.dipper.testing.OnOneJdk;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.live.MaskingHook;
import io.dipper.verifier.live.RunCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live runs against those of an independent implementation.
 *
 * <p>A mask turns the last bits of fp32 sums into other units. Policies that look at the cache feed
 * that back, and a deep model carries it on: of SmolLM2's DIP at density 0.5, three correct
 * implementations are 3 % apart (docs/validation.md). Hit rates hardly move.
 */
@OnOneJdk
class GoldenLiveTest {
  private static final double HIT_RATE = 0.002;
  private static final double REPLAY_HIT_RATE = 0.0001;
  private static final double JACCARD = 0.003;

  /**
   * How far perplexities may be apart, relative to them.
   *
   * @param plain of policies that ignore the cache
   * @param cacheAware of the others
   * @param half of either at density 0.5, where that is more
   */
  private record Tolerance(double plain, double cacheAware, double half) {
    double of(MaskPolicy policy, JsonNode golden) {
      double least = golden.path("density").asDouble() == 0.5 ? half : 0;
      return Math.max(least, policy.has(Trait.LOOKS_AT_CACHE) ? cacheAware : plain);
    }
  }

  @TempDir Path folder;

  @Test
  void bookworm_livesAsInTheReference() throws IOException {
    checkAll(
        "bookworm-3m-q8_0",
        SharedData.model("bookworm-3m-q8_0.gguf"),
        SharedData.testdata("golden/bookworm-heldout.ids.i32le"),
        new Tolerance(0.002, 0.01, 0));
  }

  @Test
  void smolLm2_livesAsInTheReference() throws IOException {
    checkAll(
        "SmolLM2-135M-Instruct.Q4_1",
        SharedData.external("models/SmolLM2-135M-Instruct.Q4_1.gguf"),
        SharedData.external("data/tokenizers/smollm2/wt2_test_hfjoin.ids.i32le"),
        new Tolerance(0.015, 0.015, 0.04));
  }

  private void checkAll(String name, Path modelFile, Path ids, Tolerance tolerance)
      throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(SharedData.testdata("golden/live.json").toFile()).get(name);
    try (ModelFile file = ModelFiles.open(modelFile);
        DenseModel model = new DenseModel(file, RuntimeOptions.defaults())) {
      ModelShape shape = file.config().shape();
      List<Window> windows =
          Protocol.parse(golden.get("protocol").asText())
              .windows(TokenIds.read(ids, shape.getVocabularySize()), -1)
              .subList(0, golden.get("blocks").asInt());
      int[] lengths = windows.stream().mapToInt(w -> w.tokens().length).toArray();
      try (RunCapture dense =
          new RunCapture(shape, lengths, Site.ofDenseLayers(), folder.resolve("scratch"))) {
        Perplexity perplexity = model.evaluate(windows, dense, Progress.SILENT);
        assertThat(perplexity.value()).isCloseTo(golden.get("dense").asDouble(), within(0.001));
        for (JsonNode point : golden.get("points")) {
          check(model, windows, dense, point, tolerance);
        }
      }
    }
  }

  private static void check(
      DenseModel model,
      List<Window> windows,
      RunCapture dense,
      JsonNode golden,
      Tolerance tolerance) {
    MaskPolicy policy =
        Policies.create(Policies.parse(policy(golden)), new PolicyContext(dense.model(), dense));
    ReplayPoint point =
        new ReplayPoint(policy, Caches.parse(text(golden, "cache")), columns(policy, golden), 0);
    Demand replay = new Replay(dense, 2, Progress.SILENT).run(List.of(point)).get(0);
    MaskingHook hook =
        new MaskingHook(
            List.of(point), dense.model(), dense.sequenceLengths(), dense, model.workers());
    Perplexity perplexity = model.evaluate(windows, hook, Progress.SILENT);
    double expected = golden.get("perplexity").asDouble();
    assertThat(perplexity.value())
        .as(policy(golden))
        .isCloseTo(expected, within(tolerance.of(policy, golden) * expected));
    for (int g = 0; g < policy.groups().size(); g++) {
      String axis = policy.groups().get(g).space().id();
      String what = policy(golden) + " " + axis;
      assertThat(hook.demand(0).selected(g, 0, 0)).as(what).isEqualTo(number(golden, "k_" + axis));
      assertThat(rate(hook.demand(0), g))
          .as(what)
          .isCloseTo(golden.get("live_hit").get(axis).asDouble(), within(HIT_RATE));
      assertThat(rate(replay, g))
          .as(what)
          .isCloseTo(golden.get("replay_hit").get(axis).asDouble(), within(REPLAY_HIT_RATE));
      assertThat(hook.jaccard(g))
          .as(what)
          .isCloseTo(golden.get("jaccard").get(axis).asDouble(), within(JACCARD));
    }
  }

  private static String policy(JsonNode golden) {
    String amount = golden.has("density") ? "density" : "keep";
    String gamma = golden.has("gamma") ? ",gamma=" + text(golden, "gamma") : "";
    return text(golden, "policy") + ":" + amount + "=" + text(golden, amount) + gamma;
  }

  private static String text(JsonNode golden, String name) {
    return golden.get(name).asText();
  }

  private static int number(JsonNode golden, String name) {
    return golden.get(name).asInt();
  }

  private static int[] columns(MaskPolicy policy, JsonNode golden) {
    return policy.groups().stream()
        .mapToInt(g -> number(golden, "cache_columns_" + (g.space().id())))
        .toArray();
  }

  private static double rate(Demand demand, int group) {
    long selected = 0;
    long hits = 0;
    for (int layer = 0; layer < demand.layers(); layer++) {
      selected += demand.selectedTotal(group, layer);
      hits += demand.hitsTotal(group, layer);
    }
    return (double) hits / selected;
  }
}
