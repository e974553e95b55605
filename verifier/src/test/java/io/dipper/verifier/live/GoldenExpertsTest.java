package io.dipper.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.SequenceStart;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live runs of a model with experts against those of an independent implementation. */
class GoldenExpertsTest {
  private static final int PAGE_BYTES = 4096;
  private static final double PERPLEXITY = 0.005;
  private static final double DENSE_PERPLEXITY = 0.001;
  private static final double HIT_RATE = 0.002;
  private static final double NLL = 0.001;

  @TempDir static Path folder;
  private static JsonNode golden;
  private static BookwormMoe bookworm;

  @BeforeAll
  static void runDense() throws IOException {
    golden =
        new ObjectMapper().readTree(SharedData.testdata("golden/moe/bookworm-moe.json").toFile());
    bookworm =
        new BookwormMoe(
            golden.path("protocol").asText(),
            golden.path("blocks").asInt(),
            EnumSet.of(Site.ROUTER),
            folder.resolve("dense"));
  }

  @AfterAll
  static void close() throws IOException {
    bookworm.close();
  }

  private static ModelShape shape() {
    return bookworm.shape();
  }

  private record Live(Perplexity perplexity, Demand demand, double jaccard) {}

  private static Live live(String policy, String cache, int expertsPerLayer) {
    ReplayPoint point = point(policy, cache, expertsPerLayer);
    try (ExpertPass pass =
        new ExpertPass(List.of(point), shape(), bookworm.dense(), folder.resolve("live"))) {
      Perplexity perplexity = pass.run(bookworm.model(), bookworm.corpus(), Progress.SILENT);
      return new Live(perplexity, pass.demands(2).get(0), pass.jaccard(0));
    }
  }

  private static ReplayPoint point(String policy, String cache, int expertsPerLayer) {
    MaskPolicy made =
        Policies.create(Policies.parse(policy), new PolicyContext(shape(), bookworm.dense()));
    return new ReplayPoint(
        made,
        Caches.parse(cache),
        new int[1],
        0,
        SequenceStart.COLD,
        new ExpertRules(
            shape(),
            WeightBits.getDefaultInstance(),
            List.of(),
            expertsPerLayer * Arrays.stream(expertBytes()).sum(),
            PAGE_BYTES));
  }

  private static long[] expertBytes() {
    return new ExpertRules(shape(), WeightBits.getDefaultInstance(), List.of(), 0, PAGE_BYTES)
        .units()
        .bytes();
  }

  /** The policy of a golden point as a user writes it. */
  private static String policy(JsonNode point) {
    return switch (point.path("policy").asText()) {
      case "router" -> "router:k=" + point.path("k").asInt();
      case "top-p" -> "top-p:p=" + point.path("p").asText() + ",k_max=" + point.path("k_max");
      case "drop-cold" -> "drop-cold:f=" + point.path("fraction").asText();
      case "cache-prior" ->
          "cache-prior:lambda=" + point.path("lambda").asText() + ",j=" + point.path("top_j");
      case "max-rank" -> "max-rank:j=" + point.path("top_j") + ",m=" + point.path("top_m");
      default -> throw new IllegalArgumentException(point.toString());
    };
  }

  @Test
  void everyPolicy_livesAsInTheReference() {
    for (JsonNode point : golden.path("points")) {
      String what = policy(point);
      Live live =
          live(what, point.path("cache").asText("lru"), point.path("cache_experts").asInt());
      double expected = point.path("perplexity").asDouble();
      double lookups = live.demand().total(Count.SELECTED, 0);
      assertThat(live.perplexity().value())
          .as(what)
          .isCloseTo(expected, within(PERPLEXITY * expected));
      assertThat(live.perplexity().scored()).as(what).isEqualTo(point.path("scored").asLong());
      assertThat(live.demand().total(Count.HITS, 0) / lookups)
          .as(what)
          .isCloseTo(point.path("hit_rate").asDouble(), within(HIT_RATE));
      assertThat(live.demand().total(Count.DROPPED, 0) / (lookups + 1))
          .as(what)
          .isCloseTo(point.path("dropped").asLong() / (lookups + 1), within(HIT_RATE));
      for (int i = 0; i < point.path("first_nll").size(); i++) {
        assertThat((double) live.perplexity().nll().get(0)[i])
            .as(what + " token " + i)
            .isCloseTo(point.at("/first_nll/" + i).asDouble(), within(NLL));
      }
    }
  }

  @Test
  void dense_isTheReferences() {
    double expected = golden.at("/points/0/perplexity").asDouble();
    assertThat(bookworm.perplexity().value())
        .isCloseTo(expected, within(DENSE_PERPLEXITY * expected));
  }

  @Test
  void routerWithTheModelsK_isTheModel() {
    Live live = live("router", "lru", 8);
    assertThat(live.perplexity().value()).isEqualTo(bookworm.perplexity().value());
    assertThat(live.jaccard()).isEqualTo(1);
  }
}
