package io.dipper.hwsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.ModelShape;
import io.dipper.proto.SiteMeasure;
import io.dipper.testing.SharedData;
import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceSynthesizerTest {
  private static final Path BOOKWORM = SharedData.testdata("golden/bookworm.arrow");
  private static final Set<Site> DIP = EnumSet.of(Site.X, Site.GLU);
  private static final ModelShape SMALL =
      ModelShape.newBuilder()
          .setName("small")
          .setHiddenSize(130)
          .setIntermediateSize(330)
          .setLayers(5)
          .setHeads(2)
          .setKvHeads(1)
          .setHeadDim(65)
          .setVocabularySize(100)
          .build();

  private static ActivationStatistics statistics;
  private static ModelShape bookworm;

  @TempDir private Path folder;

  @BeforeAll
  static void fit() {
    try (TraceReader trace = TraceReader.open(BOOKWORM)) {
      statistics = StatisticsFitter.fit(trace, 2, Progress.SILENT);
      bookworm = trace.model();
    }
  }

  @Test
  void theSameSeed_givesTheSameBytesForAnyThreads() throws IOException {
    byte[] one = Files.readAllBytes(draw("a", SMALL, 300, 100, DIP, 7, 1));
    assertThat(draw("b", SMALL, 300, 100, DIP, 7, 1)).hasBinaryContent(one);
    assertThat(draw("c", SMALL, 300, 100, DIP, 7, 2)).hasBinaryContent(one);
    assertThat(Files.readAllBytes(draw("d", SMALL, 300, 100, DIP, 8, 2))).isNotEqualTo(one);
  }

  /** 600 tokens are more than one block of rows; the first are those of a shorter trace. */
  @Test
  void aColumn_dependsNeitherOnTheOtherSitesNorOnTheLength() {
    Path both = draw("a", SMALL, 600, 100, DIP, 7, 2);
    Path alone = draw("b", SMALL, 200, 100, EnumSet.of(Site.GLU), 7, 2);
    try (TraceReader one = TraceReader.open(both);
        TraceReader other = TraceReader.open(alone)) {
      short[] row = new short[330];
      short[] same = new short[330];
      for (int layer = 0; layer < 5; layer++) {
        for (int t = 0; t < 200; t++) {
          one.column(layer, Site.GLU).read(t, row);
          other.column(layer, Site.GLU).read(t, same);
          assertThat(row).isEqualTo(same);
        }
      }
    }
  }

  @Test
  void theTrace_isMarkedAndHasNoPerplexity() {
    Path file = draw("marked.arrow", SMALL, 64, 32, DIP, 7, 2);
    try (TraceReader trace = TraceReader.open(file)) {
      assertThat(trace.manifest().getSynthetic()).isTrue();
      assertThat(trace.sequenceLengths()).containsExactly(32, 32);
      assertThat(TraceInfo.of(file, trace).label()).isEqualTo("marked.arrow (synthetic)");
      assertThat(TraceInfo.of(file, trace).densePerplexity()).isEmpty();
      assertThat(Objects.requireNonNull(trace.norms()).down(4)).hasSize(330).doesNotContain(0);
    }
  }

  /** The test that matters: masks and caches see the same. */
  @Test
  void ofTheSameShape_itHasTheReferencesHitRatesOverlapsAndQuantiles() {
    try (TraceReader trace = TraceReader.open(draw("same", bookworm, 384, 128, DIP, 1, 2))) {
      List<SiteMeasure> drawn = SiteMeasures.of(trace, 2, Progress.SILENT);
      for (SiteMeasure measure : drawn) {
        SiteMeasure reference =
            statistics.getMeasuresList().stream()
                .filter(m -> m.getSite().equals(measure.getSite()))
                .findFirst()
                .orElseThrow();
        assertThat(reference.getHitRateLfu()).isBetween(0.3, 0.7);
        near(measure.getHitRateLru(), reference.getHitRateLru(), 0.015);
        near(measure.getHitRateLfu(), reference.getHitRateLfu(), 0.015);
        near(measure.getOverlapHalf(), reference.getOverlapHalf(), 0.015);
        near(measure.getOverlapTenth(), reference.getOverlapTenth(), 0.05);
        near(measure.getLag1(), reference.getLag1(), 0.03);
        near(measure.getP50() / reference.getP50(), 1, 0.1);
        near(measure.getP90() / reference.getP90(), 1, 0.1);
        near(measure.getP99() / reference.getP99(), 1, 0.1);
      }
    }
  }

  @Test
  void whereGateAndUpAreDrawn_gluIsTheirProduct() {
    Path file = draw("all", SMALL, 40, 40, Site.ofDenseLayers(), 7, 2);
    try (TraceReader trace = TraceReader.open(file)) {
      short[] gate = new short[330];
      short[] up = new short[330];
      short[] glu = new short[330];
      for (int t = 0; t < 40; t++) {
        trace.column(2, Site.GATE).read(t, gate);
        trace.column(2, Site.UP).read(t, up);
        trace.column(2, Site.GLU).read(t, glu);
        for (int i = 0; i < glu.length; i++) {
          float product = Fp16.decode(gate[i]) * Fp16.decode(up[i]);
          // Both factors and the product were rounded, each by 2^-11 at most.
          assertThat(Fp16.decode(glu[i]))
              .isCloseTo(product, within(0.002f * Math.abs(product) + 1e-6f));
          assertThat(Fp16.decode(gate[i])).isGreaterThan(-0.2786f);
        }
      }
    }
  }

  @Test
  void aSiteThatTheReferenceLacks_isNamed() {
    ActivationStatistics.Builder less = statistics.toBuilder();
    less.getLayersBuilderList()
        .forEach(
            layer -> {
              for (int i = layer.getSitesCount() - 1; i >= 0; i--) {
                if (layer.getSites(i).getSite().equals("x")) {
                  layer.removeSites(i);
                }
              }
            });
    SynthOptions options = new SynthOptions(SMALL, 32, 32, DIP, 1, "test");
    assertThatThrownBy(() -> new TraceSynthesizer(options, less.build()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("site x");
  }

  @Test
  void aDiskThatIsTooSmall_isKnownBeforehand() {
    ModelShape huge = SMALL.toBuilder().setLayers(32).setIntermediateSize(14_336).build();
    SynthOptions options =
        new SynthOptions(huge, 100_000_000, 1000, EnumSet.of(Site.GLU), 1, "test");
    Path file = folder.resolve("huge.arrow");
    assertThatThrownBy(
            () ->
                new TraceSynthesizer(options, StatisticsFiles.bundled(options.shape()))
                    .write(file, 1, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("are free there; give fewer --tokens");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tokensThatAreNoWholeBlocks_areAnsweredWithThoseThatAre() {
    assertThatThrownBy(() -> new SynthOptions(SMALL, 300, 128, DIP, 1, "test"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("256 or 384");
  }

  private Path draw(
      String name, ModelShape shape, int tokens, int block, Set<Site> sites, long seed, int n) {
    SynthOptions options = new SynthOptions(shape, tokens, block, sites, seed, "test");
    Path file = folder.resolve(name);
    new TraceSynthesizer(options, statistics).write(file, n, Progress.SILENT);
    return file;
  }

  private static void near(double drawn, double reference, double tolerance) {
    assertThat(drawn).isCloseTo(reference, within(tolerance));
  }
}
