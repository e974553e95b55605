package io.dipper.hwsim.replay.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.ModelShape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Which experts policies choose, and how they weigh them: by the formulas, written down plainly.
 */
class ExpertSelectorsTest {
  private static final int EXPERTS = 8;
  private static final int K = 3;

  private static ModelShape shape(boolean normalised) {
    return ModelShape.newBuilder()
        .setName("tiny")
        .setLayers(1)
        .setExperts(EXPERTS)
        .setExpertsPerToken(K)
        .setNormTopk(normalised)
        .build();
  }

  private static ExpertSelector selector(String policy, boolean normalised) {
    ExpertPolicy made =
        (ExpertPolicy)
            Policies.create(Policies.parse(policy), new PolicyContext(shape(normalised), null));
    ExpertSelector selector = made.experts(0);
    selector.begin();
    return selector;
  }

  private static ExpertChoice choose(
      ExpertSelector selector, float[] logits, boolean normalised, Set<Integer> cached) {
    RouterRow row = new RouterRow(EXPERTS, K, normalised);
    row.ofLogits(logits);
    ExpertChoice choice = new ExpertChoice(EXPERTS);
    selector.select(row, true, cached::contains, choice);
    return choice;
  }

  private static List<Integer> experts(ExpertChoice choice) {
    return IntStream.range(0, choice.count()).mapToObj(choice::expert).toList();
  }

  private static double[] softmax(float[] logits) {
    double sum = 0;
    for (float z : logits) {
      sum += Math.exp(z);
    }
    double[] shares = new double[logits.length];
    for (int e = 0; e < logits.length; e++) {
      shares[e] = Math.exp(logits[e]) / sum;
    }
    return shares;
  }

  private static List<Integer> ranks(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(e -> -scores[e]).thenComparing(e -> e))
        .toList();
  }

  private static double[] asDoubles(float[] logits) {
    return IntStream.range(0, logits.length).mapToDouble(e -> logits[e]).toArray();
  }

  /** Few values, so that there are ties. */
  private static float[] logits(Random random) {
    float[] logits = new float[EXPERTS];
    for (int e = 0; e < EXPERTS; e++) {
      logits[e] = random.nextInt(9) / 2f - 2;
    }
    return logits;
  }

  private static Set<Integer> someCached(Random random) {
    Set<Integer> cached = new HashSet<>();
    for (int e = 0; e < EXPERTS; e++) {
      if (random.nextBoolean()) {
        cached.add(e);
      }
    }
    return cached;
  }

  @Property(tries = 200)
  void router_takesTheHighest_tiesByIndex_andRenormalisesWhereTheModelDoes(
      @ForAll long seed, @ForAll boolean normalised) {
    float[] logits = logits(new Random(seed));
    double[] shares = softmax(logits);
    for (int k : new int[] {K, 2}) {
      List<Integer> want = ranks(asDoubles(logits)).subList(0, k);
      ExpertChoice choice =
          choose(selector("router:k=" + k, normalised), logits, normalised, Set.of());
      assertThat(experts(choice)).isEqualTo(want);
      double sum = normalised ? want.stream().mapToDouble(e -> shares[e]).sum() : 1;
      for (int rank = 0; rank < k; rank++) {
        assertThat(choice.weight(rank)).isCloseTo(shares[want.get(rank)] / sum, within(1e-9));
      }
    }
  }

  @Property(tries = 200)
  void topP_takesTheFewestWhoseSharesSumToP(@ForAll long seed) {
    Random random = new Random(seed);
    float[] logits = logits(random);
    double[] shares = softmax(logits);
    List<Integer> ranks = ranks(asDoubles(logits));
    double p = 0.05 + 0.9 * random.nextDouble();
    int count = 1;
    while (count < 5 && ranks.subList(0, count).stream().mapToDouble(e -> shares[e]).sum() < p) {
      count++;
    }
    ExpertChoice choice =
        choose(selector("top-p:p=" + p + ",k_max=5", true), logits, true, Set.of());
    assertThat(experts(choice)).isEqualTo(ranks.subList(0, count));
  }

  @Property(tries = 200)
  void dropCold_leavesOutWhatIsLightAndNotCached_andLeavesTheOtherWeights(@ForAll long seed) {
    Random random = new Random(seed);
    float[] logits = logits(random);
    Set<Integer> cached = someCached(random);
    ExpertChoice router = choose(selector("router", true), logits, true, cached);
    ExpertChoice choice = choose(selector("drop-cold:f=0.8", true), logits, true, cached);
    int kept = 0;
    double dropped = 0;
    for (int rank = 0; rank < router.count(); rank++) {
      int expert = router.expert(rank);
      if (router.weight(rank) < 0.8 / K && !cached.contains(expert)) {
        dropped += router.weight(rank);
      } else {
        assertThat(choice.expert(kept)).isEqualTo(expert);
        assertThat(choice.weight(kept++)).isEqualTo(router.weight(rank));
      }
    }
    assertThat(choice.count()).isEqualTo(kept);
    assertThat(choice.dropped()).isEqualTo(router.count() - kept);
    assertThat(choice.droppedWeight()).isEqualTo(dropped);
  }

  @Test
  void dropCold_leavesAPromptAlone() {
    float[] logits = {5, 1, 0.5f, 0, 0, 0, 0, 0};
    RouterRow row = new RouterRow(EXPERTS, K, true);
    row.ofLogits(logits);
    ExpertChoice choice = new ExpertChoice(EXPERTS);
    selector("drop-cold:f=1", true).select(row, false, expert -> false, choice);
    assertThat(experts(choice)).containsExactly(0, 1, 2);
    selector("drop-cold:f=1", true).select(row, true, expert -> false, choice);
    assertThat(experts(choice)).containsExactly(0);
  }

  @Property(tries = 200)
  void cachePrior_favoursTheCachedByTheMeanRangeSoFar_andKeepsTheHighest(@ForAll long seed) {
    Random random = new Random(seed);
    ExpertSelector selector = selector("cache-prior:lambda=0.4,j=1", true);
    double ranges = 0;
    for (int token = 1; token <= 4; token++) {
      float[] logits = logits(random);
      Set<Integer> cached = someCached(random);
      double[] sorted = asDoubles(logits);
      Arrays.sort(sorted);
      ranges += sorted[EXPERTS - 1] - sorted[0];
      double[] favoured = asDoubles(logits);
      for (int expert : cached) {
        favoured[expert] += 0.4 * ranges / token;
      }
      favoured[ranks(asDoubles(logits)).get(0)] = Double.POSITIVE_INFINITY;
      ExpertChoice choice = choose(selector, logits, true, cached);
      Set<Integer> want = Set.copyOf(ranks(favoured).subList(0, K));
      List<Integer> byRank = ranks(asDoubles(logits)).stream().filter(want::contains).toList();
      assertThat(experts(choice)).isEqualTo(byRank);
      double[] shares = softmax(logits);
      double sum = experts(choice).stream().mapToDouble(e -> shares[e]).sum();
      assertThat(choice.weight(K - 1)).isCloseTo(shares[choice.expert(K - 1)] / sum, within(1e-9));
    }
  }

  @Property(tries = 200)
  void maxRank_takesTheHighest_thenCachedOnesAmongTheMHighest_thenByRank(@ForAll long seed) {
    Random random = new Random(seed);
    float[] logits = logits(random);
    Set<Integer> cached = someCached(random);
    List<Integer> ranks = ranks(asDoubles(logits));
    Set<Integer> want = new HashSet<>(ranks.subList(0, 1));
    for (int expert : ranks.subList(0, 5)) {
      if (want.size() < K && cached.contains(expert)) {
        want.add(expert);
      }
    }
    for (int expert : ranks) {
      if (want.size() < K) {
        want.add(expert);
      }
    }
    ExpertChoice choice = choose(selector("max-rank:j=1,m=5", true), logits, true, cached);
    assertThat(experts(choice)).isEqualTo(ranks.stream().filter(want::contains).toList());
  }

  @Test
  void policyOfExperts_isRefusedByNameWhereTheModelHasNone() {
    ModelShape dense = ModelShape.newBuilder().setName("dense-1b").setLayers(1).build();
    assertThatThrownBy(
            () -> Policies.create(Policies.parse("router"), new PolicyContext(dense, null)))
        .hasMessageStartingWith("policy router chooses among experts, and dense-1b has none");
  }

  @Test
  void moreExpertsThanALayerHas_areRefused() {
    assertThatThrownBy(() -> selector("router:k=9", true))
        .hasMessage("policy router: k=9, and tiny has 8 experts in a layer");
  }
}
