package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.progress.Progress;
import io.dipper.testing.OnOneJdk;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dense runs give the NLL and the perplexities of an independent implementation. */
@OnOneJdk
class DenseGoldenTest {
  private static final String BOOKWORM = "bookworm-3m-q8_0";
  private static final int LONGEST_RUN = 10_000;
  private static final String SMOLLM2 = "SmolLM2-135M-Instruct.Q4_1";

  @Test
  void bookworm_asGgufAgreesTokenByTokenAndInPerplexity() throws IOException {
    agrees(BOOKWORM, SharedData.model("bookworm-3m-q8_0.gguf"), ids(BOOKWORM), 1e-3, 1e-3);
  }

  @Test
  void bookworm_asSafetensorsAgreesWithinItsQuantisation() throws IOException {
    agrees(BOOKWORM, SharedData.model("bookworm-3m"), ids(BOOKWORM), 0.1, 5e-3);
  }

  @Test
  void smolLm2_agreesTokenByTokenAndUnderAllProtocols() throws IOException {
    Path model = SharedData.external("models/" + SMOLLM2 + ".gguf");
    agrees(SMOLLM2, model, ids(SMOLLM2), 1e-3, 1e-3);
  }

  private static Path ids(String model) throws IOException {
    return resolve(golden().get(model).get("ids").asText());
  }

  /** Golden files name what is in the tree, too, by its place in the shared data. */
  private static Path resolve(String name) {
    return name.startsWith("golden/") ? SharedData.testdata(name) : SharedData.external(name);
  }

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(SharedData.testdata("golden/dense.json").toFile());
  }

  private static void agrees(
      String name, Path path, Path ids, double nllTolerance, double relativeTolerance)
      throws IOException {
    JsonNode expected = golden().get(name);
    try (ModelFile file = ModelFiles.open(path);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      int[] tokens = TokenIds.read(ids, file.config().shape().getVocabularySize());
      agreesByToken(expected, model, tokens, nllTolerance);
      for (JsonNode run : expected.get("runs")) {
        // The longest run is the protocol of another one again, over more of the text.
        if (run.get("scored").asInt() > LONGEST_RUN) {
          continue;
        }
        agreesInPerplexity(run, model, tokens, relativeTolerance);
      }
    }
  }

  private static void agreesByToken(
      JsonNode expected, DenseModel model, int[] tokens, double tolerance) {
    int count = expected.get("first_tokens").asInt();
    Window window = new Window(Arrays.copyOf(tokens, count), 1);
    float[] nll = model.evaluate(List.of(window), MlpHook.NONE, Progress.SILENT).nll().get(0);

    assertThat(nll).hasSize(expected.get("nll").size());
    for (int i = 0; i < nll.length; i++) {
      double reference = expected.get("nll").get(i).asDouble();
      assertThat((double) nll[i]).as("token %d", i + 1).isCloseTo(reference, within(tolerance));
    }
  }

  private static void agreesInPerplexity(
      JsonNode run, DenseModel model, int[] ownTokens, double tolerance) {
    Protocol protocol = Protocol.parse(run.get("protocol").asText());
    int vocabulary = model.config().shape().getVocabularySize();
    int[] tokens =
        run.has("ids") ? TokenIds.read(resolve(run.get("ids").asText()), vocabulary) : ownTokens;
    int blocks = run.path("blocks").asInt(run.path("chunks").asInt());
    int used = run.path("tokens").asInt(blocks * protocol.length());
    List<Window> windows = protocol.windows(Arrays.copyOf(tokens, used), -1);

    Perplexity perplexity = model.evaluate(windows, MlpHook.NONE, Progress.SILENT);

    assertThat(perplexity.scored()).isEqualTo(run.get("scored").asLong());
    assertThat(perplexity.value() / run.get("perplexity").asDouble())
        .as("%s over %d tokens", protocol.name(), used)
        .isCloseTo(1, within(tolerance));
  }
}
