package io.dipper.hwsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.LayerActivations;
import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsFitterTest {
  private static final Path BOOKWORM = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  /** Magnitudes 4, 1, 0, 2 are of ranks 4, 2, 1, 3 of 4; the normal at (3.5 / 4) is 1.1503. */
  @Test
  void normalScores_areNormalsOfTheSameRankOfTheMagnitude() {
    double[][] scores = new SampledColumn(new float[][] {{-4, 1, 0, 2}}).normalScores();
    assertThat(scores[0])
        .containsExactly(new double[] {1.1503, -0.3186, -1.1503, 0.3186}, within(1e-4));
  }

  @Test
  void autocorrelation_doesNotCrossSequences() {
    double[][] alternating = {{1, -1, 1, -1}};
    boolean[] one = {true, false, false, false};
    boolean[] two = {true, true, true, true};
    assertThat(SampledColumn.autocorrelation(alternating, one, 1)).isEqualTo(-1);
    assertThat(SampledColumn.autocorrelation(alternating, one, 2)).isEqualTo(1);
    assertThat(SampledColumn.autocorrelation(alternating, two, 1)).isZero();
  }

  @Test
  void unitSample_ofFewUnits_isAllInTheOrderOfTheirScale() {
    UnitSample sample = UnitSample.of(new double[] {3, 1, 2}, 10);
    assertThat(sample.units()).containsExactly(1, 2, 0);
    assertThat(sample.rank()).containsExactly(new double[] {1 / 6.0, 0.5, 5 / 6.0}, within(1e-12));
  }

  @Test
  void unitSample_ofManyUnits_hasBothEnds() {
    double[] scales = new double[1000];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = -i;
    }
    UnitSample sample = UnitSample.of(scales, 32);
    assertThat(sample.units()).hasSize(32).startsWith(999, 996).endsWith(3, 0);
  }

  @Test
  void fit_doesNotDependOnTheThreads() {
    try (TraceReader trace = TraceReader.open(BOOKWORM)) {
      ActivationStatistics one = StatisticsFitter.summarise(trace, 1, Progress.SILENT);
      assertThat(StatisticsFitter.summarise(trace, 2, Progress.SILENT)).isEqualTo(one);
      assertThat(one.getLayersCount()).isEqualTo(6);
      LayerActivations layer = one.getLayers(0);
      assertThat(layer.getSitesCount()).isEqualTo(4);
      int units = layer.getX().getRankCount();
      assertThat(units).isBetween(28, 32);
      assertThat(layer.getSites(0).getMagnitudesCount()).isEqualTo(units * Knots.COUNT);
      assertThat(one.getMeasuresCount()).isEqualTo(4);
    }
  }

  @Test
  void aFile_givesBackWhatWasWritten() {
    try (TraceReader trace = TraceReader.open(BOOKWORM)) {
      ActivationStatistics statistics = StatisticsFitter.summarise(trace, 2, Progress.SILENT);
      Path file = folder.resolve("s.json");
      StatisticsFiles.write(statistics, file);
      assertThat(StatisticsFiles.read(file)).isEqualTo(statistics);
    }
  }

  @Test
  void theBundledStatistics_haveEverySiteOfEveryLayer() {
    ActivationStatistics statistics = StatisticsFiles.bundled(ModelShape.getDefaultInstance());
    assertThat(statistics.getLayersList())
        .hasSize(8)
        .allSatisfy(layer -> assertThat(layer.getSitesCount()).isEqualTo(4))
        .allSatisfy(layer -> assertThat(layer.getX().getUpNormCount()).isPositive());
  }

  @Test
  void aFileOfSomethingElse_isRefusedInOneLine() throws IOException {
    assertRefused("no json", "s.json");
    assertRefused("{}", "no layers");
    assertRefused("{\"layer\":[]}", "layer");
    assertRefused("{\"layers\":[{\"sites\":[{\"site\":\"mid\"}]}]}", "mid");
    assertRefused("{\"layers\":[{\"sites\":[{\"site\":\"x\"}]}]}", "site x");
    assertRefused("{\"layers\":[{\"x\":{\"rank\":[0.5,0.5],\"logScale\":[0,0]}}]}", "rank");
    assertRefused("{\"layers\":[{\"x\":{\"rank\":[0.5],\"logScale\":[\"NaN\"]}}]}", "logScale");
    assertRefused("{\"layers\":[{\"gateUpCorrelation\":2}]}", "gateUpCorrelation");
    assertThatThrownBy(() -> StatisticsFiles.read(folder.resolve("none.json")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no such file");
  }

  private void assertRefused(String json, String named) throws IOException {
    Path file = Files.writeString(folder.resolve("s.json"), json);
    assertThatThrownBy(() -> StatisticsFiles.read(file))
        .as(json)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(named);
  }
}
