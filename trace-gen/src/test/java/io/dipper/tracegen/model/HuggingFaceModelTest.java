package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.Activation;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import org.junit.jupiter.api.Test;

/** The small model of each architecture opens with the fields of its config.json. */
class HuggingFaceModelTest {
  @Test
  void llama_untied_hasItsOwnHead() {
    try (ModelFile model = open("llama-untied-f32")) {
      ModelConfig config = model.config();
      assertThat(config.architecture()).isEqualTo(Architecture.LLAMA);
      assertThat(config.shape().toBuilder().clearSha256().clearWeightBits().build())
          .isEqualTo(
              ModelShape.newBuilder()
                  .setName("llama-untied-f32")
                  .setHiddenSize(64)
                  .setIntermediateSize(160)
                  .setLayers(3)
                  .setHeads(4)
                  .setKvHeads(2)
                  .setHeadDim(16)
                  .setVocabularySize(256)
                  .build());
      assertThat(config.quantisation()).isEqualTo("F32");
      assertThat(config.contextLength()).isEqualTo(512);
      assertThat(config.norm().epsilon()).isEqualTo(1e-6f);
      assertThat(config.norm().offset()).isZero();
      assertThat(config.embeddingScale()).isEqualTo(1);
      assertThat(config.attention().scale()).isEqualTo(0.25f);
      assertThat(config.activation()).isEqualTo(Activation.SILU);
      assertThat(config.attention().rope()).isEqualTo(plain(10_000, 16));
      assertThat(config.attention().ownLocalRope()).isEmpty();
      assertThat(config.attention().windows().length()).isZero();
      assertThat(config.bosToken()).isEqualTo(1);
      assertThat(config.addBos()).isFalse();
      assertThat(config.shape().getWeightBits().getMlp()).isEqualTo(32);
      assertThat(config.shape().getWeightBits().getHead()).isEqualTo(32);
      assertShape(model, TensorRole.OUTPUT, -1, 256, 64);
      assertShape(model, TensorRole.KEY, 2, 32, 64);
    }
  }

  @Test
  void llama3_hasItsRopeScalingAndATiedHead() {
    try (ModelFile model = open("llama3-rope-bf16")) {
      ModelConfig config = model.config();
      assertThat(config.attention().rope())
          .isEqualTo(
              new Rope(500_000, 16, Rope.Style.HALF_SPLIT, new RopeScaling.Llama3(32, 1, 4, 64)));
      assertThat(model.tensor(TensorRole.OUTPUT, -1)).isEmpty();
      assertThat(config.quantisation()).isEqualTo("BF16");
      assertThat(config.shape().getWeightBits().getHead()).isEqualTo(16);
    }
  }

  @Test
  void mistral_isALlamaWithAWindowInEveryLayer() {
    try (ModelFile model = open("mistral-window-f16")) {
      ModelConfig config = model.config();
      assertThat(config.architecture()).isEqualTo(Architecture.LLAMA);
      assertThat(config.attention().windows().length()).isEqualTo(24);
      assertThat(config.attention().windows().local()).containsOnly(true);
      assertThat(config.shape().getHeadDim()).isEqualTo(24);
      assertThat(config.attention().rope().dimensions()).isEqualTo(24);
      assertThat(config.attention().scale()).isEqualTo((float) (1 / Math.sqrt(24)));
    }
  }

  @Test
  void phi3_hasFusedMatrices() {
    try (ModelFile model = open("phi3-f16")) {
      ModelConfig config = model.config();
      assertThat(config.architecture()).isEqualTo(Architecture.PHI3);
      assertThat(config.attention().windows().length()).isEqualTo(24);
      assertThat(config.attention().rope()).isEqualTo(plain(10_000, 16));
      assertThat(config.norm().epsilon()).isEqualTo(1e-5f);
      assertShape(model, TensorRole.FUSED_QKV, 1, 128, 64);
      assertShape(model, TensorRole.FUSED_GATE_UP, 1, 320, 64);
      assertThat(model.tensor(TensorRole.QUERY, 1)).isEmpty();
    }
  }

  @Test
  void qwen2_hasBiasesAndTwoShards() {
    try (ModelFile model = open("qwen2-bias-f16")) {
      ModelConfig config = model.config();
      assertThat(config.architecture()).isEqualTo(Architecture.QWEN2);
      assertThat(config.attention().rope()).isEqualTo(plain(1_000_000, 16));
      assertThat(config.attention().windows().length()).isZero();
      assertThat(config.bosToken()).isEqualTo(-1);
      assertShape(model, TensorRole.QUERY_BIAS, 2, 1, 64);
      assertShape(model, TensorRole.VALUE_BIAS, 0, 1, 32);
      assertShape(model, TensorRole.OUTPUT_NORM, -1, 1, 64);
    }
  }

  @Test
  void qwen3_hasHeadNormsAndItsOwnHeadDim() {
    try (ModelFile model = open("qwen3-headdim-f16")) {
      ModelConfig config = model.config();
      assertThat(config.architecture()).isEqualTo(Architecture.QWEN3);
      assertThat(config.shape().getHeadDim()).isEqualTo(32);
      assertShape(model, TensorRole.QUERY_NORM, 0, 1, 32);
      assertShape(model, TensorRole.QUERY, 0, 128, 64);
      assertShape(model, TensorRole.ATTENTION_OUTPUT, 0, 64, 128);
    }
  }

  @Test
  void gemma3_hasItsNormsScalesAndWindows() {
    try (ModelFile model = open("gemma3-f16")) {
      ModelConfig config = model.config();
      assertThat(config.architecture()).isEqualTo(Architecture.GEMMA3);
      assertThat(config.norm().offset()).isEqualTo(1);
      assertThat(config.embeddingScale()).isEqualTo(8);
      assertThat(config.attention().scale()).isCloseTo((float) (1 / Math.sqrt(32)), within(1e-7f));
      assertThat(config.activation()).isEqualTo(Activation.GELU_TANH);
      assertThat(config.attention().rope()).isEqualTo(plain(1_000_000, 32));
      assertThat(config.attention().ownLocalRope()).contains(plain(10_000, 32));
      assertThat(config.attention().windows().length()).isEqualTo(16);
      assertThat(config.attention().windows().local()).containsExactly(true, true, false);
      assertShape(model, TensorRole.POST_ATTENTION_NORM, 2, 1, 64);
      assertShape(model, TensorRole.POST_MLP_NORM, 2, 1, 64);
      assertThat(model.tensor(TensorRole.OUTPUT, -1)).isEmpty();
    }
  }

  @Test
  void bookworm_opensFromTheOlderKeys() {
    try (ModelFile model = ModelFiles.open(SharedData.model("bookworm-3m"))) {
      ModelConfig config = model.config();
      assertThat(config.shape().getName()).isEqualTo("bookworm-3m");
      assertThat(config.shape().getVocabularySize()).isEqualTo(4096);
      assertThat(config.attention().rope()).isEqualTo(plain(10_000, 32));
      assertThat(config.quantisation()).isEqualTo("F16");
      assertThat(model.sha256()).hasSize(64).isEqualTo(config.shape().getSha256());
    }
  }

  private static ModelFile open(String name) {
    return ModelFiles.open(SharedData.testdata("golden/arch/" + name));
  }

  private static Rope plain(double theta, int dimensions) {
    return new Rope(theta, dimensions, Rope.Style.HALF_SPLIT, new RopeScaling.None());
  }

  private static void assertShape(
      ModelFile model, TensorRole role, int layer, int rows, int columns) {
    WeightTensor tensor = model.tensor(role, layer).orElseThrow();
    assertThat(tensor.rows()).isEqualTo(rows);
    assertThat(tensor.columns()).isEqualTo(columns);
    float[] out = new float[rows * columns];
    tensor.decode(0, rows, out, 0);
    double squares = 0;
    for (float value : out) {
      squares += value * value;
    }
    assertThat(squares).isFinite().isPositive();
  }
}
