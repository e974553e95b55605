package io.dipper.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live runs with masks inside experts against those of an independent implementation. */
class InsideExpertsTest {
  private static final int BLOCKS = 8;
  private static final int CACHED_EXPERTS = 8;
  private static final double PERPLEXITY = 0.001;
  private static final double HIT_RATE = 0.001;
  private static final double NLL = 0.001;

  @TempDir static Path folder;
  private static BookwormMoe bookworm;

  @BeforeAll
  static void runDense() throws IOException {
    EnumSet<Site> sites =
        EnumSet.of(Site.ROUTER, Site.EXPERT_GATE, Site.EXPERT_UP, Site.EXPERT_GLU);
    bookworm = new BookwormMoe("disjoint-256", BLOCKS, sites, folder.resolve("dense"));
  }

  @AfterAll
  static void close() throws IOException {
    bookworm.close();
  }

  private static ModelShape shape() {
    return bookworm.shape();
  }

  private record Live(Perplexity perplexity, Demand demand, double jaccard, double alikeInside) {}

  private static Live live(String policy) {
    ReplayPoint point = point(policy);
    try (ExpertPass pass =
        new ExpertPass(List.of(point), shape(), bookworm.dense(), folder.resolve("live"))) {
      Perplexity perplexity = pass.run(bookworm.model(), bookworm.corpus(), Progress.SILENT);
      return new Live(perplexity, pass.demands(2).get(0), pass.jaccard(0), pass.jaccard(1));
    }
  }

  private static ReplayPoint point(String policy) {
    MaskPolicy made =
        Policies.create(Policies.parse(policy), new PolicyContext(shape(), bookworm.dense()));
    return new ReplayPoint(
        made,
        Caches.parse("lru"),
        new int[made.groups().size()],
        0,
        SequenceStart.COLD,
        rules(CACHED_EXPERTS * Arrays.stream(rules(0).units().bytes()).sum()).of(made));
  }

  private static ExpertRules rules(long bytes) {
    return new ExpertRules(shape(), WeightBits.getDefaultInstance(), List.of(), bytes, 4096);
  }

  /**
   * The values are those of a forward pass written in Python for this purpose: the model's weights
   * dequantised by the gguf package to float32, masks by a stable sort of |score| in each chosen
   * expert (of cats by the layer's median of the dense run's |silu(W_gate x)|, rounded to fp16),
   * the first 8 blocks of 256 tokens of the held-out text. Its dense perplexity is 61.52693. Hits
   * are those of dictionaries in the order of last uses, one for each layer and block, of 8
   * experts' bytes: an expert's whole matrices weigh 26,112 B each, a column of one 204 B.
   */
  @ParameterizedTest
  @CsvSource({
    "router:inside=glu;keep=0.5, 61.618141, 35321, 3145728, 1784148, 1.33036, 3.04988, 3.83324",
    "router:k=3;inside=glu;keep=0.25, 77.286147, 28111, 1179648, 560859, 1.26509, 2.85796, 4.12583",
    "router:inside=gate;keep=0.5, 62.034339, 38401, 3145728, 1962118, 1.33791, 3.0735, 3.85474",
    "router:inside=up;keep=0.5, 63.013061, 38361, 3145728, 1959986, 1.51445, 3.08263, 3.83373",
    "router:inside=cats;keep=0.5, 61.97582, 38494, 3154515, 1995449, 1.34897, 3.10441, 3.84909"
  })
  void perplexityAndHits_areThoseOfTheReference(
      String policy,
      double perplexity,
      long expertHits,
      long columns,
      long columnHits,
      double firstNll,
      double secondNll,
      double thirdNll) {
    Live live = live(policy.replace(';', ','));
    double experts = live.demand().total(Count.SELECTED, 0);
    double selected = live.demand().total(Count.SELECTED, 1);
    assertThat(live.perplexity().value()).isCloseTo(perplexity, within(PERPLEXITY * perplexity));
    assertThat(experts).isEqualTo(policy.contains("k=3") ? 36864 : 49152);
    assertThat(live.demand().total(Count.HITS, 0) / experts)
        .isCloseTo(expertHits / experts, within(HIT_RATE));
    assertThat(selected / columns).isCloseTo(1, within(HIT_RATE));
    assertThat(live.demand().total(Count.HITS, 1) / selected)
        .isCloseTo((double) columnHits / columns, within(HIT_RATE));
    assertThat(live.jaccard()).isBetween(0.5, 1.0);
    assertThat(live.alikeInside()).isBetween(0.5, live.jaccard());
    float[] nll = live.perplexity().nll().get(0);
    assertThat((double) nll[0]).isCloseTo(firstNll, within(NLL));
    assertThat((double) nll[1]).isCloseTo(secondNll, within(NLL));
    assertThat((double) nll[2]).isCloseTo(thirdNll, within(NLL));
  }

  @Test
  void maskThatKeepsAll_isTheModel() {
    Live live = live("router:inside=gate,keep=1");
    assertThat(live.perplexity().value()).isEqualTo(bookworm.perplexity().value());
    assertThat(live.jaccard()).isEqualTo(1);
    assertThat(live.alikeInside()).isEqualTo(1);
    assertThat(live.demand().total(Count.HITS, 1))
        .isEqualTo(live.demand().total(Count.HITS, 0) * shape().getExpertIntermediateSize());
  }

  @Test
  void expertsThatTopPLeavesOut_haveNoColumns() {
    Live live = live("top-p:p=0.6,inside=glu,keep=0.5");
    assertThat(live.demand().total(Count.SELECTED, 0)).isLessThan(49152);
    assertThat(live.demand().total(Count.SELECTED, 1))
        .isEqualTo(
            live.demand().total(Count.SELECTED, 0) * shape().getExpertIntermediateSize() / 2);
  }
}
