package io.dipper.hwsim.replay.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.expert.NaiveExperts.NaiveBatch;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays of random routes: equal to a naive twin, and within the batch rule for every cache. */
class ExpertReplayTest {
  private static final int LAYERS = 3;
  private static final int EXPERTS = 9;
  private static final int PER_TOKEN = 2;
  private static final long[] BYTES = {100, 70, 130};
  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setName("tiny")
          .setLayers(LAYERS)
          .setExperts(EXPERTS)
          .setExpertsPerToken(PER_TOKEN)
          .setNormTopk(true)
          .build();
  private static final ExpertUnits UNITS = new ExpertUnits(EXPERTS, new int[] {0, 1, 2}, BYTES);

  /** Random routes, the first tokens a prompt, whose experts come again more often than not. */
  private static SiteArrays routes(Random random, int tokens) {
    float[][][] experts = new float[LAYERS][tokens][PER_TOKEN];
    float[][][] weights = new float[LAYERS][tokens][PER_TOKEN];
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int t = 0; t < tokens; t++) {
        int first = (int) Math.abs(random.nextGaussian() * 3) % EXPERTS;
        experts[layer][t][0] = first;
        experts[layer][t][1] = (first + 1 + random.nextInt(EXPERTS - 1)) % EXPERTS;
        weights[layer][t][0] = 0.5f + random.nextFloat() / 2;
        weights[layer][t][1] = 1 - weights[layer][t][0];
      }
    }
    return SiteArrays.ofRoutes(SHAPE, new int[] {tokens}, experts, weights);
  }

  private static List<NaiveBatch> batches(SiteArrays routes, Steps steps) {
    List<NaiveBatch> batches = new ArrayList<>();
    float[] experts = new float[PER_TOKEN];
    float[] weights = new float[PER_TOKEN];
    for (int s = 0; s < steps.count(); s++) {
      Steps.Step step = steps.all().get(s);
      for (int layer = 0; layer < LAYERS; layer++) {
        List<Integer> wanted = new ArrayList<>();
        List<Float> weighed = new ArrayList<>();
        for (int t = 0; t < step.tokens(); t++) {
          routes.column(layer, Site.EXPERTS).read(step.row() + t, experts);
          routes.column(layer, Site.EXPERT_WEIGHTS).read(step.row() + t, weights);
          for (int rank = 0; rank < PER_TOKEN; rank++) {
            wanted.add((int) experts[rank]);
            weighed.add(weights[rank]);
          }
        }
        batches.add(new NaiveBatch(s, layer, step.decode(), wanted, weighed));
      }
    }
    return batches;
  }

  private static ExpertPolicy policy(String text, SiteArrays routes) {
    return (ExpertPolicy) Policies.create(Policies.parse(text), new PolicyContext(SHAPE, routes));
  }

  private static ExpertDemand replay(
      SiteArrays routes, Steps steps, String policy, String cache, long bytes) {
    return new ExpertReplay(routes, steps, UNITS, Progress.SILENT)
        .run(
            new ExpertPoint(
                policy(policy, routes), Caches.parse(cache), bytes, 1, CacheStart.COLD));
  }

  @Property(tries = 60)
  void replay_equalsTheNaiveTwin(
      @ForAll long seed,
      @ForAll @IntRange(min = 390, max = 2700) int bytes,
      @ForAll @IntRange(min = 0, max = 12) int prompt) {
    Random random = new Random(seed);
    SiteArrays routes = routes(random, 40);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of(prompt));
    NaiveExperts naive = new NaiveExperts(batches(routes, steps), BYTES);
    double f = random.nextInt(3) / 2.0;
    for (String policy : List.of("lru", "lfu", "fifo", "belady")) {
      for (boolean global : new boolean[] {true, false}) {
        boolean drops = f > 0 && !policy.equals("belady");
        NaiveExperts.Result want = naive.play(policy, global, bytes, drops ? f : -1, PER_TOKEN);
        ExpertDemand demand =
            replay(
                routes,
                steps,
                drops ? "drop-cold:f=" + f : "router",
                policy + ":scope=" + (global ? "global" : "layer"),
                bytes);
        ExpertTotals decode = demand.totals(true);
        ExpertTotals all = decode.plus(demand.totals(false));
        String what = policy + " " + global + " f=" + f;
        assertThat(all.lookups()).as(what).isEqualTo(want.lookups);
        assertThat(all.hits()).as(what).isEqualTo(want.hits);
        assertThat(all.missedBytes()).as(what).isEqualTo(want.bytesRead);
        assertThat(decode.lookups()).as(what).isEqualTo(want.decodeLookups);
        assertThat(decode.hits()).as(what).isEqualTo(want.decodeHits);
        assertThat(all.dropped()).as(what).isEqualTo(want.dropped);
        assertThat(demand.droppedWeight()).as(what).isCloseTo(want.droppedWeight, within(1e-4));
        for (int s = 0; s < steps.count(); s++) {
          assertThat(demand.totals(s).misses())
              .as(what + " step " + s)
              .isEqualTo(want.missesByStep.getOrDefault(s, 0).longValue());
        }
      }
    }
  }

  static List<String> cachesOfExperts() {
    return Caches.all().stream()
        .filter(d -> !d.has(Trait.PAGED) && !d.has(Trait.COUNTS_TOKENS))
        .map(Description::name)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cachesOfExperts")
  void afterABatch_onlyWhatItTouchedMayExceedTheBudget(String cache) {
    SiteArrays routes = routes(new Random(7), 200);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of(5));
    boolean none = Caches.has(Caches.parse(cache), Trait.KEEPS_NOTHING);
    for (String scope : none ? List.of("") : List.of(":scope=layer", ":scope=global")) {
      long bytes = 900;
      Foresight foresight =
          new Foresight(routes, policy("router", routes), steps, UNITS, scope.endsWith("global"));
      foresight.lookAhead(0);
      ExpertCaches caches =
          new ExpertCaches(Caches.parse(cache + scope), UNITS, bytes, 0, foresight);
      caches.begin(CacheStart.COLD);
      StepChooser chooser =
          new StepChooser(routes, policy("router", routes), UNITS, ChoiceListener.NONE);
      chooser.begin();
      long touched = 0;
      for (Steps.Step step : steps.all()) {
        for (int layer = 0; layer < LAYERS; layer++) {
          Batch batch = chooser.choose(step, layer, caches.cached(layer));
          caches.play(layer, batch.units(), batch.count());
          touched = Math.max(touched, batch.count() * BYTES[layer]);
        }
        assertThat(caches.heldBytes())
            .isEqualTo(held(caches))
            .isLessThanOrEqualTo(bytes + LAYERS * touched);
      }
    }
  }

  private static long held(ExpertCaches caches) {
    return IntStream.range(0, LAYERS)
        .mapToLong(
            layer ->
                BYTES[layer] * IntStream.range(0, EXPERTS).filter(caches.cached(layer)).count())
        .sum();
  }

  @ParameterizedTest
  @MethodSource("cachesOfExperts")
  void cacheThatHoldsEveryExpert_missesEachAtMostOnce(String cache) {
    if (Caches.has(Caches.parse(cache), Trait.KEEPS_NOTHING)) {
      return;
    }
    SiteArrays routes = routes(new Random(3), 100);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of());
    long all =
        EXPERTS * IntStream.range(0, LAYERS).mapToLong(l -> BYTES[l]).max().orElse(0) * LAYERS;
    ExpertDemand demand = replay(routes, steps, "router", cache, all);
    assertThat(demand.totals(true).misses()).isLessThanOrEqualTo(EXPERTS * LAYERS);
  }

  @Test
  void oneLruOverAllLayers_belowATokensCycleHitsNothing_whereTokensNeverShareTheirExperts() {
    float[][][] experts = new float[LAYERS][30][PER_TOKEN];
    for (int t = 0; t < 30; t++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        experts[layer][t] = new float[] {0, 1};
      }
    }
    SiteArrays routes =
        SiteArrays.ofRoutes(SHAPE, new int[] {30}, experts, new float[LAYERS][30][PER_TOKEN]);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of());
    assertThat(UNITS.cycleBytes(PER_TOKEN)).isEqualTo(600);
    assertThat(replay(routes, steps, "router", "lru:scope=global", 399).totals(true).hits())
        .isZero();
    assertThat(replay(routes, steps, "router", "lru:scope=global", 600).totals(true).hits())
        .isEqualTo(29L * PER_TOKEN * LAYERS);
    assertThat(replay(routes, steps, "router", "lru:scope=layer", 600).totals(true).hits())
        .isEqualTo(29L * PER_TOKEN * LAYERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"top-p", "cache-prior", "max-rank"})
  void policyThatNeedsLogits_isRefusedByNameOnATraceOfChosenExperts(String policy) {
    assertThatThrownBy(() -> policy(policy, routes(new Random(1), 4)))
        .hasMessageStartingWith("policy " + policy + " needs the logits of all experts");
  }

  @Test
  void moreExpertsThanTheTraceHolds_areRefused() {
    assertThatThrownBy(() -> policy("router:k=3", routes(new Random(1), 4)))
        .hasMessageContaining("k=3")
        .hasMessageContaining("holds 2 experts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"window", "least-stale", "page-cache"})
  void cacheWithoutAFormForExperts_isRefusedByName(String cache) {
    SiteArrays routes = routes(new Random(1), 4);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of());
    assertThatThrownBy(() -> replay(routes, steps, "router", cache, 900))
        .hasMessageStartingWith("cache " + cache);
  }

  @Test
  void budgetBelowOneExpert_saysWhatWouldDo() {
    SiteArrays routes = routes(new Random(1), 4);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of());
    assertThatThrownBy(() -> replay(routes, steps, "router", "lru", 200))
        .hasMessage(
            "a cache of 66 bytes for each layer is below one expert of 130 bytes; give at least 390"
                + " bytes in all");
  }

  @Test
  void beladyWithAPolicyThatLooksAtTheCache_isRefused() {
    SiteArrays routes = routes(new Random(1), 4);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of());
    assertThatThrownBy(() -> replay(routes, steps, "drop-cold", "belady", 900))
        .hasMessageContaining("belady")
        .hasMessageContaining("drop-cold");
  }

  @Test
  void carriedCaches_hitInASecondSequenceWhatTheFirstLeft() {
    float[][][] experts = new float[LAYERS][2][PER_TOKEN];
    for (float[][] layer : experts) {
      layer[0] = new float[] {4, 5};
      layer[1] = new float[] {4, 5};
    }
    SiteArrays routes =
        SiteArrays.ofRoutes(SHAPE, new int[] {1, 1}, experts, new float[LAYERS][2][PER_TOKEN]);
    Steps steps = Steps.of(routes.sequenceLengths(), List.of());
    for (CacheStart start : List.of(CacheStart.COLD, CacheStart.CARRIED)) {
      ExpertDemand demand =
          new ExpertReplay(routes, steps, UNITS, Progress.SILENT)
              .run(new ExpertPoint(policy("router", routes), Caches.parse("lru"), 1200, 0, start));
      assertThat(demand.totals(true).hits())
          .isEqualTo(start == CacheStart.CARRIED ? PER_TOKEN * LAYERS : 0);
    }
  }
}
