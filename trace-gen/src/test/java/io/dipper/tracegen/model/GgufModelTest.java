package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.testing.GgufOf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GgufModelTest {
  @Test
  void smolLm2_hasThePublishedShape() {
    var path = SharedData.external("models/SmolLM2-135M-Instruct.Q4_1.gguf");
    try (ModelFile model = ModelFiles.open(path)) {
      ModelConfig config = model.config();
      assertThat(config.architecture()).isEqualTo(Architecture.LLAMA);
      assertThat(config.shape().getHiddenSize()).isEqualTo(576);
      assertThat(config.shape().getIntermediateSize()).isEqualTo(1536);
      assertThat(config.shape().getLayers()).isEqualTo(30);
      assertThat(config.shape().getHeads()).isEqualTo(9);
      assertThat(config.shape().getKvHeads()).isEqualTo(3);
      assertThat(config.shape().getHeadDim()).isEqualTo(64);
      assertThat(config.shape().getVocabularySize()).isEqualTo(49152);
      assertThat(config.quantisation()).isEqualTo("Q4_1");
      assertThat(config.contextLength()).isEqualTo(8192);
      assertThat(config.attention().rope())
          .isEqualTo(new Rope(100_000, 64, Rope.Style.INTERLEAVED, new RopeScaling.None()));
      assertThat(config.bosToken()).isEqualTo(1);
      assertThat(config.addBos()).isFalse();
      assertThat(config.shape().getWeightBits().getMlp()).isEqualTo(5);
      assertThat(config.shape().getWeightBits().getHead()).isEqualTo(8.5);
      assertThat(model.tensor(TensorRole.OUTPUT, -1)).isEmpty();
      assertThat(weights(model)).isEqualTo(134_515_008);
    }
  }

  /** The two files hold the same weights, one rounded to 8 bits by blocks of 32. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "EMBEDDING",
        "OUTPUT_NORM",
        "ATTENTION_NORM",
        "QUERY",
        "KEY",
        "VALUE",
        "ATTENTION_OUTPUT",
        "MLP_NORM",
        "GATE",
        "UP",
        "DOWN"
      })
  void bookworm_isTheSameInBothFormats(TensorRole role) {
    try (ModelFile gguf = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"));
        ModelFile directory = ModelFiles.open(SharedData.model("bookworm-3m"))) {
      boolean outer = List.of(TensorRole.EMBEDDING, TensorRole.OUTPUT_NORM).contains(role);
      for (int layer = outer ? -1 : 0; layer < (outer ? 0 : 6); layer++) {
        WeightTensor exact = directory.tensor(role, layer).orElseThrow();
        float[] expected = decode(exact);
        if (role == TensorRole.QUERY || role == TensorRole.KEY) {
          expected = GgufOf.interleaved(expected, exact.columns(), 32);
        }
        assertWithinQ8(decode(gguf.tensor(role, layer).orElseThrow()), expected);
      }
    }
  }

  @Test
  void digest_isThatOfTheFile() {
    try (ModelFile model = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"))) {
      assertThat(model.sha256())
          .as("the digest in the manifest of the golden trace of this file")
          .isEqualTo("8ff116fa3f0109a0cc8a533319f938744fa8c51770f452cb90e1ed561450a9f2");
      assertThat(model.config().shape().getSha256()).isEqualTo(model.sha256());
    }
  }

  private static long weights(ModelFile model) {
    long sum = 0;
    for (int layer = -1; layer < model.config().shape().getLayers(); layer++) {
      for (TensorRole role : TensorRole.values()) {
        var tensor = model.tensor(role, layer);
        sum += tensor.map(t -> (long) t.rows() * t.columns()).orElse(0L);
      }
    }
    return sum;
  }

  private static float[] decode(WeightTensor tensor) {
    float[] out = new float[tensor.rows() * tensor.columns()];
    tensor.decode(0, tensor.rows(), out, 0);
    return out;
  }

  /** Q8_0 rounds to 1/127 of a block's largest magnitude, its scale to fp16. */
  private static void assertWithinQ8(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int block = 0; block < expected.length; block += 32) {
      float largest = 0;
      for (int i = block; i < block + 32; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
      }
      float tolerance = largest * (0.5f / 127 + 1f / 1024);
      for (int i = block; i < block + 32; i++) {
        if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
          assertThat(actual[i]).as("weight %d", i).isCloseTo(expected[i], within(tolerance));
        }
      }
    }
  }
}
