package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
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
    float[] expected = npy(folder.resolve("logits.npy"));

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

  /** The values of an fp32 array in NumPy's format, version 1. */
  private static float[] npy(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(10 + bytes.getShort(8));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
