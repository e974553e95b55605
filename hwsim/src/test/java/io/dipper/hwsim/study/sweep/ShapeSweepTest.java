package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps over a known model without a trace. */
class ShapeSweepTest {
  private static final String GRID =
      "hardware: [paper, apple-a18]\ndram: [60%, 100%]\npolicy: [dense]\n";

  @TempDir private Path folder;

  @Test
  void aShapeIsSwept_andTheResolvedFileGivesTheSamePoints() throws IOException {
    Sweep sweep = sweep("model: {shape: llama-3.2-1b, quant: q4_0, tokens: 8}\n" + GRID);
    SweepSummary summary =
        sweep.run(folder.resolve("a"), ExistingResults.REFUSE, 2, Progress.SILENT);
    assertThat(summary.points()).hasSize(4);
    assertThat(summary.points())
        .allSatisfy(row -> assertThat(row.identity().trace()).isEqualTo("shape:llama-3.2-1b"));

    Sweep again = Sweep.read(summary.results().resolvedSweep());
    SweepSummary second =
        again.run(folder.resolve("b"), ExistingResults.REFUSE, 1, Progress.SILENT);
    assertThat(second.points().stream().map(PointRow::pointId))
        .containsExactlyElementsOf(summary.points().stream().map(PointRow::pointId).toList());
    assertThat(Files.readString(folder.resolve("b/points.csv")))
        .isEqualTo(Files.readString(folder.resolve("a/points.csv")));
    assertThat(sweep.run(folder.resolve("a"), ExistingResults.RESUME, 2, Progress.SILENT).reused())
        .isEqualTo(4);
  }

  @Test
  void shapesAreSwept_presetsAndFiles_eachAsInASweepOfItsOwn() throws IOException {
    Files.writeString(
        folder.resolve("mine.yaml"),
        """
        hidden_size: 512
        intermediate_size: 1536
        layers: 4
        heads: 8
        kv_heads: 4
        head_dim: 64
        vocabulary_size: 8192
        tied: true
        activation: swiglu
        source: made for this
        """);
    String both = "shape: [smollm2-135m, mine.yaml]\nmodel: {quant: q8_0, tokens: 4}\n" + GRID;
    SweepSummary summary =
        sweep(both).run(folder.resolve("both"), ExistingResults.REFUSE, 2, Progress.SILENT);
    List<PointRow> separate = new ArrayList<>();
    for (String shape : List.of("smollm2-135m", "mine.yaml")) {
      separate.addAll(
          sweep("model: {shape: " + shape + ", quant: q8_0, tokens: 4}\n" + GRID)
              .run(folder.resolve("of-" + shape), ExistingResults.REFUSE, 1, Progress.SILENT)
              .points());
    }
    assertThat(summary.points()).hasSize(8).isEqualTo(separate);
    assertThat(summary.points())
        .extracting(row -> row.identity().model() + " " + row.identity().trace())
        .contains("smollm2-135m shape:smollm2-135m", "mine shape:mine");
    SweptPoints swept = SweptPoints.of(summary.results());
    assertThat(swept.varying()).contains("model");
    // A point is held against the dense one of its own model.
    assertThat(summary.points())
        .allSatisfy(
            row ->
                assertThat(swept.dense(row).orElseThrow().identity().model())
                    .isEqualTo(row.identity().model()));
    SweepSummary again =
        Sweep.read(summary.results().resolvedSweep())
            .run(folder.resolve("again"), ExistingResults.REFUSE, 1, Progress.SILENT);
    assertThat(again.points()).isEqualTo(summary.points());
    SweepSummary resumed =
        sweep(both).run(folder.resolve("both"), ExistingResults.RESUME, 1, Progress.SILENT);
    assertThat(resumed.reused()).isEqualTo(8);
    assertThat(resumed.points()).isEqualTo(summary.points());
  }

  @Test
  void whatIsWrongInAShapesFile_hasItsPlaceThere() throws IOException {
    Files.writeString(folder.resolve("mine.yaml"), "hidden_size: 512\nlayer: 4\n");
    assertThatThrownBy(() -> sweep("shape: mine.yaml\n" + GRID))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mine.yaml:2:1:")
        .hasMessageContaining("did you mean 'layers'?");
    assertThatThrownBy(() -> sweep("shape: none.yaml\n" + GRID))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.yaml: there is no such file");
  }

  @Test
  void aPolicyThatScoresActivations_isLeftOutWithTheReason() throws IOException {
    Sweep sweep =
        sweep(
            "model: {shape: smollm2-135m, tokens: 4}\nhardware: paper\ndram: 100%\n"
                + "policy: [dense, 'dip:density=0.5']\n");
    SweepSummary summary = sweep.run(folder, ExistingResults.REFUSE, 1, Progress.SILENT);
    assertThat(summary.points()).hasSize(1);
    assertThat(summary.skipped()).hasSize(1);
    assertThat(summary.skipped().get(0).reason()).contains("policy dip scores activations");
  }

  @Test
  void backendsAreSwept_andADeviceWithoutOneIsLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("two.yaml"),
        "extends: paper\nprocessor: {backends: [{name: cpu, port_efficiency: 0.5}, {name: gpu}]}\n");
    Sweep sweep =
        sweep(
            "model: {shape: smollm2-135m, tokens: 4}\nhardware: [two.yaml, paper]\ndram: 100%\n"
                + "policy: dense\nbackend: [cpu, gpu, default]\n");
    SweepSummary summary =
        sweep.run(folder.resolve("a"), ExistingResults.REFUSE, 1, Progress.SILENT);
    // The default is cpu once more, and one point with it.
    assertThat(summary.points())
        .extracting(row -> row.hardware() + " " + row.setup().value(PointSettings.BACKEND))
        .containsExactly("two cpu", "two gpu", "paper null");
    assertThat(summary.points().get(1).time().tokensPerSecond())
        .isGreaterThan(1.9 * summary.points().get(0).time().tokensPerSecond());
    assertThat(summary.skipped()).hasSize(2);
    assertThat(summary.skipped().get(0).reason()).contains("paper has no backend 'cpu'");
    SweepSummary again =
        Sweep.read(summary.results().resolvedSweep())
            .run(folder.resolve("b"), ExistingResults.REFUSE, 1, Progress.SILENT);
    assertThat(again.points()).isEqualTo(summary.points());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model: {shape: lama-2-7b} | :1:16: | did you mean 'llama-2-7b'?
          model: {shape: llama-2-7b, quant: q4} | :1:35: | unknown quantisation 'q4'
          model: {shap: llama-2-7b} | :1:9: | did you mean 'shape'?
          model: {tokens: 5} | :1:9: | tokens are for a shape
          model: {shape: llama-2-7b, tokens: 0} | :1:36: | at least 1
          model: {shape: llama-2-7b, tokens: 2000000000} | :1:16: | cannot be run
          model: {shape: [llama-2-7b, llama-2-7]} | :1:29: | did you mean 'llama-2-7b'?
          shape: lama-2-7b | :1:8: | did you mean 'llama-2-7b'?
          model: llama-2-7b | :1:8: | a mapping of shape, quant, tokens
          """)
  void aWrongModel_isPointedAt(String line, String place, String message) {
    assertThatThrownBy(() -> sweep(line + "\n" + GRID))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(message);
  }

  @Test
  void aShapeAndATrace_areTwoModels() throws IOException {
    assertThatThrownBy(() -> sweep("trace: t.arrow\nmodel: {shape: llama-2-7b}\n" + GRID))
        .hasMessageContaining(":2:16: a trace is given too");
    assertThatThrownBy(() -> sweep("shape: phi-4\nmodel: {shape: llama-2-7b}\n" + GRID))
        .hasMessageContaining(":2:16: shape is given beside model too; keep one of them");
    Sweep sweep = sweep("model: {shape: llama-2-7b}\n" + GRID);
    assertThatThrownBy(() -> sweep.withTrace(Path.of("t.arrow")))
        .hasMessageContaining("is over the shape llama-2-7b: take that out, or give no trace");
    assertThatThrownBy(sweep::trace)
        .hasMessageContaining("is over the shape llama-2-7b: it has no trace");
  }

  private Sweep sweep(String yaml) throws IOException {
    return Sweep.read(Files.writeString(folder.resolve("sweep.yaml"), yaml));
  }
}
