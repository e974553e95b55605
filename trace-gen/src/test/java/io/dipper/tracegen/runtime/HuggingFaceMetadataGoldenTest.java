package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every key of a config.json that changes the numbers changes ours as it changes those of Hugging
 * Face transformers; testdata/model-configs/generate.py made the expected ones.
 */
class HuggingFaceMetadataGoldenTest {
  private static final double TOLERANCE = 5e-5;

  @TempDir private Path folder;

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(SharedData.testdata("model-configs/hf.json").toFile());
  }

  static Stream<Arguments> configurations() throws IOException {
    return StreamSupport.stream(golden().get("configurations").spliterator(), false)
        .map(row -> Arguments.of(row.get("name").asText(), row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void nll_isThatOfTransformers(String name, JsonNode row) throws IOException {
    JsonNode golden = golden();
    int[] ids = new ObjectMapper().convertValue(golden.get("ids"), int[].class);
    TinyModel.write(
        folder, row.get("config"), golden.get("layouts").get(row.get("layout").asText()));

    double nll;
    try (ModelFile file = ModelFiles.open(folder);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(1))) {
      List<Window> window = List.of(new Window(ids, 1));
      Perplexity perplexity = model.evaluate(window, MlpHook.NONE, Progress.SILENT);
      nll = perplexity.sum() / perplexity.scored();
    }

    assertThat(nll / row.get("nll").asDouble()).isCloseTo(1, within(TOLERANCE));
  }

  /** Otherwise a reader that ignores the key would pass. */
  @Test
  void configurations_differFromThoseThatIgnoreThemByMoreThanTheTolerance() throws IOException {
    for (JsonNode row : golden().get("configurations")) {
      double difference = row.get("without").asDouble() / row.get("nll").asDouble() - 1;
      if (!row.path("same").asBoolean()) {
        assertThat(Math.abs(difference)).as(row.get("name").asText()).isGreaterThan(5 * TOLERANCE);
      }
    }
  }
}
