package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.AttentionWindows;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.testing.GgufOf;
import io.dipper.tracegen.testing.GgufWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each architecture, converted to GGUF, opens as the same model. */
class BothFormatsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-untied-f32",
        "llama3-rope-bf16",
        "mistral-window-f16",
        "phi3-f16",
        "qwen2-bias-f16",
        "qwen3-headdim-f16",
        "gemma3-f16"
      })
  void ggufOfADirectory_isTheSameModel(String name, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.gguf");
    try (ModelFile directory = ModelFiles.open(SharedData.testdata("golden/arch/" + name))) {
      GgufOf.write(directory, file);
      try (ModelFile gguf = ModelFiles.open(file)) {
        assertSameConfig(gguf.config(), directory.config());
        for (int layer = -1; layer < directory.config().shape().getLayers(); layer++) {
          for (TensorRole role : TensorRole.values()) {
            if (!role.name().startsWith("ROPE")) {
              assertThat(gguf.tensor(role, layer).isPresent())
                  .as("%s of layer %d", role, layer)
                  .isEqualTo(directory.tensor(role, layer).isPresent());
            }
          }
        }
      }
    }
  }

  /** Phi-3's files for long contexts: two tensors of divisors, and what multiplies cos and sin. */
  @Test
  void longRope_inGguf_choosesItsDivisorsByContext(@TempDir Path folder) throws IOException {
    float[] shortDivisors = {1, 1, 1, 1, 1, 1, 1, 1.5f};
    float[] longDivisors = {1, 2, 3, 4, 5, 6, 7, 8};
    RopeScaling scaling =
        scaling(
            "phi3-f16",
            folder.resolve("long.gguf"),
            writer ->
                writer
                    .uint32("phi3.rope.scaling.original_context_length", 128)
                    .float32("phi3.rope.scaling.attn_factor", 1.25f)
                    .floats("rope_factors_short.weight", shortDivisors, 8)
                    .floats("rope_factors_long.weight", longDivisors, 8));
    var longRope = (RopeScaling.LongRope) scaling;
    assertThat(longRope.divisors(128)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1.5);
    assertThat(longRope.divisors(129)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(longRope.amplitude()).isEqualTo(1.25);
  }

  @Test
  void linearRopeScaling_inGguf_isOfFullLayersOnly(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("linear.gguf");
    RopeScaling scaling =
        scaling(
            "gemma3-f16",
            file,
            writer ->
                writer
                    .text("gemma3.rope.scaling.type", "linear")
                    .float32("gemma3.rope.scaling.factor", 8));
    assertThat(scaling).isEqualTo(new RopeScaling.Linear(8));
    try (ModelFile gguf = ModelFiles.open(file)) {
      assertThat(gguf.config().attention().ownLocalRope().orElseThrow().scaling())
          .isEqualTo(new RopeScaling.None());
    }
  }

  private static RopeScaling scaling(String name, Path file, Consumer<GgufWriter> more)
      throws IOException {
    try (ModelFile directory = ModelFiles.open(SharedData.testdata("golden/arch/" + name))) {
      GgufOf.write(directory, file, more);
    }
    try (ModelFile gguf = ModelFiles.open(file)) {
      return gguf.config().attention().rope().scaling();
    }
  }

  private static void assertSameConfig(ModelConfig gguf, ModelConfig directory) {
    assertThat(dimensions(gguf)).isEqualTo(dimensions(directory));
    assertThat(gguf.architecture()).isEqualTo(directory.architecture());
    assertThat(gguf.contextLength()).isEqualTo(directory.contextLength());
    assertThat(gguf.norm().epsilon()).isEqualTo(directory.norm().epsilon());
    assertThat(gguf.norm().offset()).as("already added to the norms").isZero();
    assertThat(gguf.embeddingScale()).isEqualTo(directory.embeddingScale());
    assertThat(gguf.attention().scale()).isEqualTo(directory.attention().scale());
    assertThat(gguf.activation()).isEqualTo(directory.activation());
    assertThat(gguf.attention().windows())
        .as("llama.cpp has windows in gemma3 alone")
        .isEqualTo(
            gguf.architecture() == Architecture.GEMMA3
                ? directory.attention().windows()
                : AttentionWindows.none(directory.shape().getLayers()));
    assertThat(gguf.attention().ownLocalRope()).isEqualTo(directory.attention().ownLocalRope());
    assertThat(gguf.attention().rope().theta()).isEqualTo(directory.attention().rope().theta());
    assertThat(gguf.attention().rope().dimensions())
        .isEqualTo(directory.attention().rope().dimensions());
    assertThat(gguf.attention().rope().style())
        .isEqualTo(
            gguf.architecture() == Architecture.LLAMA
                ? Rope.Style.INTERLEAVED
                : Rope.Style.HALF_SPLIT);
    assertThat(gguf.attention().rope().scaling() instanceof RopeScaling.PerFrequency)
        .isEqualTo(directory.attention().rope().scaling() instanceof RopeScaling.Llama3);
    assertThat(gguf.quantisation()).isEqualTo("F32");
    assertThat(gguf.shape().getWeightBits().getMlp()).isEqualTo(32);
  }

  private static ModelShape dimensions(ModelConfig config) {
    return config.shape().toBuilder().clearSha256().clearWeightBits().build();
  }
}
