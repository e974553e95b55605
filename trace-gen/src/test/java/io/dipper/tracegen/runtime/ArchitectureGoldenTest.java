package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.testing.Npy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small random models of every architecture give the logits of Hugging Face transformers. */
class ArchitectureGoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma3-f16",
        "llama-untied-f32",
        "llama3-rope-bf16",
        "mistral-window-f16",
        "phi3-f16",
        "qwen2-bias-f16",
        "qwen3-headdim-f16"
      })
  void logits_areWithinOneTenThousandthOfTheReference(String name) throws IOException {
    Path folder = SharedData.testdata("golden/arch/" + name);
    int[] ids =
        new ObjectMapper().readValue(folder.resolve("input_ids.json").toFile(), int[].class);
    float[] expected = Npy.floats(folder.resolve("logits.npy"));

    float[] logits;
    try (ModelFile file = ModelFiles.open(folder);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      logits = model.logits(ids);
    }

    assertThat(logits).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(logits[i]).as("logit %d", i).isCloseTo(expected[i], within(1e-4f));
    }
  }
}
