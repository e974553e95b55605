package io.dipper.tracegen.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.proto.TraceSummary;
import io.dipper.testing.SharedData;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.tracegen.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceRecorderTest {
  private static final Path MODEL = SharedData.model("bookworm-3m-q8_0.gguf");
  private static final RecordingOptions OPTIONS =
      RecordingOptions.defaults("dipper test")
          .withRuntime(RuntimeOptions.withThreads(2))
          .withBlockLength(128);

  @TempDir private Path folder;

  private Path record(RecordingOptions options, String name) {
    Path output = folder.resolve(name);
    try (ModelFile model = ModelFiles.open(MODEL)) {
      Corpus corpus = Corpus.ofIds(SharedData.testdata("golden/bookworm.ids.i32le"), 4096);
      new TraceRecorder(options).record(model, corpus, output, Progress.SILENT);
    }
    return output;
  }

  /** A trace of them could not be read again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.layers.1.mlp.up_proj.weight | layer 1 has an MLP weight that is no finite number",
        "model.norm.weight | behind token 0 of sequence 0 is no finite number"
      })
  void weightsThatAreNoNumbers_areRefused_andNothingIsLeft(String tensor, String message)
      throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(SharedData.testdata("model-configs/hf.json").toFile());
    ObjectNode layout = golden.get("layouts").get("llama-1").deepCopy();
    ((ArrayNode) layout.get(tensor)).set(0, DoubleNode.valueOf(Double.NaN));
    Path home = Files.createDirectory(folder.resolve("model"));
    TinyModel.write(home, golden.get("configurations").get(0).get("config"), layout);
    Path ids = Files.write(folder.resolve("ids"), new byte[Integer.BYTES * 32]);
    Path output = folder.resolve("t.arrow");
    try (ModelFile model = ModelFiles.open(home)) {
      Corpus corpus = Corpus.ofIds(ids, 192);
      TraceRecorder recorder = new TraceRecorder(OPTIONS.withBlockLength(16));
      assertThatThrownBy(() -> recorder.record(model, corpus, output, Progress.SILENT))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(message);
    }
    assertThat(folder).isDirectoryNotContaining("glob:**t.arrow*");
  }

  @Test
  void record_agreesWithTheGoldenTraceInEveryValue() {
    Path file = record(OPTIONS, "t.arrow");
    try (TraceReader actual = TraceReader.open(file);
        TraceReader expected = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      assertThat(actual.tokenIds()).isEqualTo(expected.tokenIds());
      assertThat(actual.sequenceLengths()).isEqualTo(expected.sequenceLengths());
      assertThat(actual.sites()).isEqualTo(expected.sites());
      agree(actual.nll(), expected.nll());
      for (int layer = 0; layer < 6; layer++) {
        for (Site site : Site.ofDenseLayers()) {
          agree(actual, expected, layer, site);
        }
      }
    }
  }

  private static void agree(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Float.isNaN(expected[i])) {
        assertThat(actual[i]).isNaN();
      } else {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-3f));
      }
    }
  }

  /** Each value within 2 ulp of fp16, or 0.001 of its row's root mean square where that is more. */
  private static void agree(TraceReader actual, TraceReader expected, int layer, Site site) {
    int width = expected.column(layer, site).width();
    short[] a = new short[width];
    short[] e = new short[width];
    for (int row = 0; row < expected.tokens(); row++) {
      actual.column(layer, site).read(row, a);
      expected.column(layer, site).read(row, e);
      double squares = 0;
      for (short half : e) {
        squares += Math.pow(Fp16.decode(half), 2);
      }
      double ofRow = 1e-3 * Math.sqrt(squares / width);
      for (int i = 0; i < width; i++) {
        int magnitude = e[i] & Fp16.MAGNITUDE;
        float ulp = Fp16.decode((short) (magnitude + 1)) - Fp16.decode((short) magnitude);
        double difference = Math.abs(Fp16.decode(a[i]) - Fp16.decode(e[i]));
        if (difference > Math.max(2 * ulp, ofRow)) {
          throw new AssertionError(
              site.column(layer) + " row " + row + " value " + i + " differs by " + difference);
        }
      }
    }
  }

  @Test
  void record_isTheSameToTheByteForAnyThreadsAndResidentBudget() throws IOException {
    byte[] one = Files.readAllBytes(record(threads(1, Long.MAX_VALUE), "one.arrow"));
    byte[] three = Files.readAllBytes(record(threads(3, 0), "three.arrow"));

    assertThat(Arrays.equals(one, three)).isTrue();
  }

  /** As their config.json says: 16 tokens in all layers but the third, 24 in all, none. */
  @Test
  void record_takesTheWindowsOfTheModel() throws IOException {
    ModelShape gemma = recorded("gemma3-f16");
    assertThat(gemma.getSlidingWindow()).isEqualTo(16);
    assertThat(gemma.getWindowedList()).containsExactly(true, true, false);
    ModelShape mistral = recorded("mistral-window-f16");
    assertThat(mistral.getSlidingWindow()).isEqualTo(24);
    assertThat(mistral.getWindowedList()).isEmpty();
    assertThat(recorded("llama-untied-f32").getSlidingWindow()).isZero();
  }

  private ModelShape recorded(String golden) throws IOException {
    Path ids = folder.resolve("ids");
    Files.write(ids, new byte[4 * 128]);
    Path output = folder.resolve(golden + ".arrow");
    try (ModelFile model = ModelFiles.open(SharedData.testdata("golden/arch/" + golden))) {
      Corpus corpus = Corpus.ofIds(ids, 10);
      new TraceRecorder(OPTIONS.withBlockLength(32)).record(model, corpus, output, Progress.SILENT);
    }
    try (TraceReader trace = TraceReader.open(output)) {
      return trace.manifest().getModel();
    }
  }

  private static RecordingOptions threads(int threads, long residentBytes) {
    return OPTIONS.withRuntime(new RuntimeOptions(threads, residentBytes));
  }

  @Test
  void record_saysInTheManifestHowItWasMade() {
    try (TraceReader trace =
        TraceReader.open(
            record(OPTIONS.withTokens(300).withSites(EnumSet.of(Site.GLU, Site.X)), "t.arrow"))) {
      TraceManifest manifest = trace.manifest();
      assertThat(manifest.getProtocol()).isEqualTo("disjoint-128");
      assertThat(manifest.getBlockLength()).isEqualTo(128);
      assertThat(manifest.getSequences()).isEqualTo(2);
      assertThat(manifest.getTokens()).isEqualTo(256);
      assertThat(manifest.getSitesList()).containsExactly("x", "glu");
      assertThat(manifest.getProducer()).isEqualTo("dipper test");
      assertThat(manifest.getQuantisation()).isEqualTo("Q8_0");
      assertThat(manifest.getModel().getSha256()).isEqualTo(io.dipper.trace.Sha256.of(MODEL));
      assertThat(manifest.getCorpusSha256())
          .isEqualTo(io.dipper.trace.Sha256.of(SharedData.testdata("golden/bookworm.ids.i32le")));
      TraceSummary summary = trace.summary().orElseThrow();
      assertThat(summary.getTokens()).isEqualTo(256);
      assertThat(summary.getSaturated()).isZero();
      trace.verify();
    }
    assertThat(folder.resolve("t.arrow.partial")).doesNotExist();
  }

  @Test
  void record_putsTheNormsOfTheWeightColumns() {
    try (TraceReader trace = TraceReader.open(record(OPTIONS.withTokens(128), "t.arrow"));
        ModelFile model = ModelFiles.open(MODEL)) {
      ColumnNorms norms = Objects.requireNonNull(trace.norms());
      assertNorms(norms.up(3), model.tensor(TensorRole.UP, 3).orElseThrow());
      assertNorms(norms.gate(0), model.tensor(TensorRole.GATE, 0).orElseThrow());
      assertNorms(norms.down(5), model.tensor(TensorRole.DOWN, 5).orElseThrow());
    }
  }

  private static void assertNorms(float[] norms, WeightTensor weights) {
    float[] values = new float[weights.rows() * weights.columns()];
    weights.decode(0, weights.rows(), values, 0);
    assertThat(norms).hasSize(weights.columns());
    for (int column = 0; column < norms.length; column++) {
      double squares = 0;
      for (int i = column; i < values.length; i += weights.columns()) {
        squares += Math.pow(values[i], 2);
      }
      assertThat((double) norms[column]).isCloseTo(Math.sqrt(squares), within(1e-6));
    }
  }

  @Test
  void record_ofATextTokenisesItAsTheModelDoes() throws IOException {
    Path text = Files.writeString(folder.resolve("t.txt"), "It was the best of times. ".repeat(40));
    Path output = folder.resolve("t.arrow");
    Corpus corpus = Corpus.ofText(text, MODEL);
    try (ModelFile model = ModelFiles.open(MODEL)) {
      new TraceRecorder(OPTIONS).record(model, corpus, output, Progress.SILENT);
    }
    try (TraceReader trace = TraceReader.open(output)) {
      assertThat(trace.manifest().getTokenizer()).isEqualTo(corpus.tokenizer()).isNotEmpty();
      assertThat(trace.tokenIds()).isEqualTo(Arrays.copyOf(corpus.tokens(), trace.tokens()));
    }
  }

  @Test
  void record_refusesABlockBeyondTheContextAndATextShorterThanABlock() {
    assertThatThrownBy(() -> record(OPTIONS.withBlockLength(512), "t.arrow"))
        .isInstanceOf(UserException.class)
        .hasMessage("block: 512 tokens, must be from 2 to the model's context of 256");
    assertThatThrownBy(() -> record(OPTIONS.withTokens(100), "t.arrow"))
        .isInstanceOf(UserException.class)
        .hasMessage("text: 100 tokens, but disjoint-128 needs at least 128");
    assertThat(folder.resolve("t.arrow.partial")).doesNotExist();
  }
}
