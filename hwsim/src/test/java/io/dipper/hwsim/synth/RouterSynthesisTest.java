package io.dipper.hwsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.routes.RouteImport;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.LayerActivations;
import io.dipper.proto.ModelShape;
import io.dipper.proto.RouterLogits;
import io.dipper.proto.RouterMeasure;
import io.dipper.testing.SharedData;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routers that were never computed: drawn like others, they are measured like them. */
class RouterSynthesisTest {
  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setName("small")
          .setHiddenSize(16)
          .setLayers(3)
          .setExperts(32)
          .setExpertsPerToken(4)
          .setExpertIntermediateSize(8)
          .setNormTopk(true)
          .setVocabularySize(100)
          .build();

  @TempDir private Path folder;

  /** Experts whose logits are normals of deviation 1 about levels that rise evenly from −1 to 1. */
  private static ActivationStatistics known(List<Float> persistence) {
    RouterLogits.Builder router = RouterLogits.newBuilder().addAllPersistence(persistence);
    for (int e = 0; e < 32; e++) {
      float level = (e - 15.5f) / 15.5f;
      router.addRank((e + 0.5f) / 32).addLevel(level);
      for (int knot = 0; knot < Knots.COUNT; knot++) {
        router.addLogits((float) (level + Knots.normal(knot)));
      }
    }
    return ActivationStatistics.newBuilder()
        .addLayers(LayerActivations.newBuilder().setDepth(0.5).setRouter(router))
        .build();
  }

  @Test
  void whatIsDrawn_isFittedAgain() {
    List<Float> persistence = List.of(0.3f, 0.2f, 0.3f);
    Path file = draw(SHAPE, 4096, Set.of(Site.ROUTER), known(persistence), 5);
    try (TraceReader trace = TraceReader.open(file)) {
      ActivationStatistics fitted = StatisticsFitter.fit(trace, 2, Progress.SILENT);
      assertThat(fitted.getLayersList()).hasSize(3);
      for (LayerActivations layer : fitted.getLayersList()) {
        RouterLogits router = layer.getRouter();
        assertThat(router.getChosenOnly()).isFalse();
        assertThat(router.getLevel(0)).isCloseTo(-1, within(0.15f));
        assertThat(router.getLevel(31)).isCloseTo(1, within(0.15f));
        // Knots 6 and 10 are at −1 and 1; a token's mean of 32 logits is taken from each.
        float spread = router.getLogits(31 * Knots.COUNT + 10) - router.getLogits(31 * 17 + 6);
        assertThat(spread).isCloseTo(2, within(0.15f));
        double lag1 = 0.3 * 0.3 + 0.2 * 0.8 + 0.3 * 0.98;
        assertThat(autocorrelation(router, 1)).isCloseTo(lag1, within(0.07));
        assertThat(autocorrelation(router, 16)).isCloseTo(0.3 * Math.pow(0.98, 16), within(0.06));
      }
    }
  }

  private static double autocorrelation(RouterLogits router, int lag) {
    double sum = 0;
    for (int j = 0; j < Persistence.RATES.length; j++) {
      sum += router.getPersistence(j) * Math.pow(Persistence.RATES[j], lag);
    }
    return sum;
  }

  @Test
  void routersOfAnyNumberOfExperts_areDrawnToTheSameBytesByAnyThreads() {
    ModelShape large = SHAPE.toBuilder().setExperts(77).setExpertsPerToken(9).build();
    ActivationStatistics statistics = known(List.of(0f, 0.5f, 0f));
    Path one = draw(large, 300, Set.of(Site.ROUTER), statistics, 1);
    Path other = folder.resolve("other.arrow");
    SynthOptions options = new SynthOptions(large, 300, 300, Set.of(Site.ROUTER), 1, "test");
    new TraceSynthesizer(options, statistics).write(other, 2, Progress.SILENT);
    assertThat(other).hasSameBinaryContentAs(one);
    try (TraceReader trace = TraceReader.open(one)) {
      assertThat(trace.column(2, Site.ROUTER).width()).isEqualTo(77);
      RouterMeasure measure = RouterMeasures.of(trace, 1, Progress.SILENT).orElseThrow();
      assertThat(measure.getPerToken()).isEqualTo(9);
    }
  }

  /** What ships serves every known shape with experts, one of whose layers may have none. */
  @Test
  void theBundledStatistics_serveEveryShapeWithExperts() {
    List<ModelShape> shapes =
        ModelShapes.all().stream()
            .map(named -> named.shape())
            .filter(shape -> shape.getExperts() > 0)
            .toList();
    assertThat(shapes).hasSizeGreaterThan(7);
    for (ModelShape shape : shapes) {
      ActivationStatistics statistics = StatisticsFiles.bundled(shape);
      Path file = draw(shape, 4, SynthOptions.usualSites(shape), statistics, 1);
      try (TraceReader trace = TraceReader.open(file)) {
        assertThat(trace.sites()).containsExactly(Site.ROUTER);
        assertThat(trace.manifest().getSynthetic()).isTrue();
      }
    }
  }

  @Test
  void statisticsWithoutRouters_areRefused() {
    ActivationStatistics dense = StatisticsFiles.bundled(ModelShape.getDefaultInstance());
    SynthOptions options = new SynthOptions(SHAPE, 4, 4, Set.of(Site.ROUTER), 1, "test");
    assertThatThrownBy(() -> new TraceSynthesizer(options, dense))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no experts");
  }

  @Test
  void aSiteThatNoLayerHas_isRefused() {
    for (Site site : EnumSet.of(Site.GLU, Site.EXPERTS, Site.EXPERT_GLU)) {
      assertThatThrownBy(() -> new SynthOptions(SHAPE, 4, 4, Set.of(site), 1, "test"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(site.id());
    }
    ModelShape dense = SHAPE.toBuilder().clearExperts().setIntermediateSize(8).build();
    assertThatThrownBy(() -> new SynthOptions(dense, 4, 4, Set.of(Site.ROUTER), 1, "test"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no layer of small has router");
  }

  /** Fitted to the first half of a phone's run, held to the other half. */
  @Test
  void aTraceOfChosenExperts_isMatchedInTokensThatWereNotFitted() {
    Path routes = SharedData.external("data/moe/phone/qwen3-30b-a3b.route.csv");
    Path file = folder.resolve("t.arrow");
    try (OutputFile output = OutputFile.recording(file, OutputFile.Existing.REPLACED)) {
      RouteImport.run(routes, "test", output, Progress.SILENT);
    }
    try (TraceReader trace = TraceReader.open(file)) {
      int half = 78;
      Recording first = RecordingPrefix.ofTokens(trace, half);
      RouterMeasure held =
          RouterMeasures.of(new LaterTokens(trace, half), 2, Progress.SILENT).orElseThrow();
      ActivationStatistics fitted = StatisticsFitter.fit(first, 2, Progress.SILENT);
      assertThat(fitted.getLayers(0).getRouter().getChosenOnly()).isTrue();
      ModelShape shape = trace.model();
      try (TraceReader drawn =
          TraceReader.open(draw(shape, half, Set.of(Site.ROUTER), fitted, 1))) {
        RouterMeasure measure = RouterMeasures.of(drawn, 2, Progress.SILENT).orElseThrow();
        assertNear(measure.getRepeated(), held.getRepeated());
        assertNear(measure.getEntropy(), held.getEntropy());
        assertNear(measure.getFirstWeight(), held.getFirstWeight());
        assertNear(measure.getLruQuarter(), held.getLruQuarter());
        assertNear(measure.getLruHalf(), held.getLruHalf());
        assertNear(measure.getLfuQuarter(), held.getLfuQuarter());
      }
    }
  }

  private static void assertNear(double drawn, double held) {
    assertThat(drawn).isCloseTo(held, within(0.05));
  }

  private Path draw(
      ModelShape shape, int tokens, Set<Site> sites, ActivationStatistics statistics, long seed) {
    SynthOptions options = new SynthOptions(shape, tokens, tokens, sites, seed, "test");
    Path file = folder.resolve(shape.getName() + shape.getExperts() + "-drawn.arrow");
    new TraceSynthesizer(options, statistics).write(file, 1, Progress.SILENT);
    return file;
  }
}
