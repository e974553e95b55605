package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.RoutedLayers;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.testing.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small random models with experts give the logits of Hugging Face transformers. */
class ExpertsGoldenTest {
  @ParameterizedTest
  @ValueSource(strings = {"mixtral-f16", "olmoe-f16", "qwen3moe-f16"})
  void logitsOfModelAndRouters_areWithinOneTenThousandthOfTheReference(String name)
      throws IOException {
    Path folder = SharedData.testdata("golden/moe/arch/" + name);
    int[] ids =
        new ObjectMapper().readValue(folder.resolve("input_ids.json").toFile(), int[].class);
    float[] expected = Npy.floats(folder.resolve("logits.npy"));
    float[] routers = Npy.floats(folder.resolve("router_logits.npy"));
    try (ModelFile file = ModelFiles.open(folder);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      assertClose(model.logits(ids), expected);
      assertClose(routerLogits(model, ids), routers);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixtral-f16", "qwen3moe-f16"})
  void weightsThatAreDecodedAnewForEveryToken_giveTheSameBits(String name) throws IOException {
    Path folder = SharedData.testdata("golden/moe/arch/" + name);
    int[] ids =
        new ObjectMapper().readValue(folder.resolve("input_ids.json").toFile(), int[].class);
    try (ModelFile file = ModelFiles.open(folder);
        DenseModel kept = new DenseModel(file, new RuntimeOptions(1, 1L << 30));
        DenseModel passing = new DenseModel(file, new RuntimeOptions(3, 0))) {
      assertThat(passing.logits(ids)).isEqualTo(kept.logits(ids));
    }
  }

  @Test
  void perplexityOfTheEmbeddedModel_isTheReferences() throws IOException {
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.testdata("golden/moe/bookworm-moe.json").toFile())
            .at("/points/0");
    Path path = SharedData.model("bookworm-moe-q8_0.gguf");
    try (ModelFile file = ModelFiles.open(path);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      Path ids = SharedData.testdata("golden/bookworm-heldout.ids.i32le");
      int[] tokens = Arrays.copyOf(TokenIds.read(ids, 4096), 8 * 256);
      Perplexity dense =
          model.evaluate(
              new Protocol.Disjoint(256).windows(tokens, -1), MlpHook.NONE, Progress.SILENT);
      double expected = golden.path("perplexity").asDouble();
      assertThat(dense.value()).isCloseTo(expected, within(expected / 1000));
      for (int i = 0; i < golden.path("first_nll").size(); i++) {
        assertThat(dense.nll().get(0)[i])
            .isCloseTo((float) golden.at("/first_nll/" + i).asDouble(), within(2e-3f));
      }
    }
  }

  /** Of the layers that have routers, in order, as one array. */
  private static float[] routerLogits(DenseModel model, int[] ids) {
    var shape = model.config().shape();
    int each = ids.length * shape.getExperts();
    float[] all = new float[RoutedLayers.count(shape) * each];
    int[] filled = new int[1];
    try (DenseModel.Sequence sequence = model.begin(0, ids.length)) {
      sequence.extend(
          ids,
          Arrays.copyOfRange(ids, 1, ids.length),
          (site, layer, s, first, rows, values) -> {
            if (site == Site.ROUTER) {
              System.arraycopy(values, 0, all, filled[0], each);
              filled[0] += each;
            }
          });
    }
    return all;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("logit %d", i).isCloseTo(expected[i], within(1e-4f));
    }
  }
}
