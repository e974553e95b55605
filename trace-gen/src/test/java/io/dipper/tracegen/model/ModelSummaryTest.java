package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.testing.GgufWriter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSummaryTest {
  @Test
  void gguf_showsEveryKindOfMetadata_evenIfItHoldsNoModel() {
    var summary = ModelFiles.summary(SharedData.testdata("golden/gguf-types/all-types.gguf"));
    assertThat(summary.format()).isEqualTo("GGUF v3");
    assertThat(summary.metadata())
        .contains(
            new ModelSummary.Entry("dipper.test.array", "ARRAY of INT32 x 3", "[1, 2, 3]"),
            new ModelSummary.Entry("dipper.test.bool", "BOOL", "true"),
            new ModelSummary.Entry("dipper.test.text", "STRING", "größe ≠ 0"),
            new ModelSummary.Entry("dipper.test.f64", "FLOAT64", "0.1"),
            new ModelSummary.Entry("dipper.test.u64", "UINT64", "1099511627776"));
    assertThat(summary.tensors())
        .hasSize(15)
        .contains(new ModelSummary.TensorEntry("q4_k", "Q4_K", List.of(4L, 512L), 1152));
    assertThat(summary.config()).isEmpty();
    assertThat(summary.note()).isNotEmpty();
  }

  /** Block sizes of ggml; the sizes of two blocks each. */
  @ParameterizedTest
  @CsvSource({
    "16, IQ2_XXS, 512, 132",
    "19, IQ1_S, 512, 100",
    "34, TQ1_0, 512, 108",
    "35, TQ2_0, 512, 132",
    "39, MXFP4, 64, 34",
    "26, I32, 2, 8"
  })
  void typesThatCannotBeDecoded_areShownWithTheirSizes(
      int id, String name, int weights, int bytes, @TempDir Path folder) throws IOException {
    var writer = new GgufWriter().text("general.architecture", "llama");
    Path file = folder.resolve("rare.gguf");
    Files.write(file, writer.tensor("blk.0.ffn_down.weight", id, new byte[bytes], weights).bytes());
    var summary = ModelFiles.summary(file);
    assertThat(summary.tensors())
        .containsExactly(
            new ModelSummary.TensorEntry(
                "blk.0.ffn_down.weight", name, List.of((long) weights), bytes));
    assertThat(summary.note())
        .contains("blk.0.ffn_down.weight has type " + name + ", which is not supported");
    assertThatThrownBy(() -> ModelFiles.open(file)).isInstanceOf(UserException.class);
  }

  /** Of a type that came after us, all that is known is where the next tensor begins. */
  @Test
  void typesThatNobodyKnows_areShownByTheirNumbers(@TempDir Path folder) throws IOException {
    var writer =
        new GgufWriter().tensor("new", 77, new byte[96], 512).tensor("old", 0, new byte[16], 4);
    Path file = Files.write(folder.resolve("new.gguf"), writer.bytes());
    assertThat(ModelFiles.summary(file).tensors())
        .containsExactly(
            new ModelSummary.TensorEntry("new", "type 77", List.of(512L), 96),
            new ModelSummary.TensorEntry("old", "F32", List.of(4L), 16));
  }

  @Test
  void bigEndianGguf_isShown_andCannotBeRun(@TempDir Path folder) throws IOException {
    var writer =
        new GgufWriter(ByteOrder.BIG_ENDIAN)
            .text("general.architecture", "llama")
            .uint32("llama.block_count", 7)
            .floats("token_embd.weight", new float[8], 4, 2);
    Path file = Files.write(folder.resolve("big.gguf"), writer.bytes());
    var summary = ModelFiles.summary(file);
    assertThat(summary.format()).isEqualTo("GGUF v3, big-endian");
    assertThat(summary.metadata())
        .contains(new ModelSummary.Entry("llama.block_count", "UINT32", "7"));
    assertThat(summary.tensors())
        .contains(new ModelSummary.TensorEntry("token_embd.weight", "F32", List.of(2L, 4L), 32));
    assertThat(summary.note()).endsWith("is big-endian GGUF, expected little-endian");
  }

  /** Metadata that would break what is printed stays one line, and shows what is in it. */
  @Test
  void controlCharacters_inValues_areShownAsTheirNumbers(@TempDir Path folder) throws IOException {
    var writer = new GgufWriter().text("general.name", "a\u001b[2Jb\nc");
    Path file = Files.write(folder.resolve("escape.gguf"), writer.bytes());
    assertThat(ModelFiles.summary(file).metadata())
        .containsExactly(new ModelSummary.Entry("general.name", "STRING", "a\\u001b[2Jb\\nc"));
  }

  @Test
  void directoryWithAMissingShard_showsTheOthers(@TempDir Path folder) throws IOException {
    Path golden = SharedData.testdata("golden/arch/llama-untied-f32");
    Files.copy(golden.resolve("config.json"), folder.resolve("config.json"));
    Path there = folder.resolve("model-00001-of-00002.safetensors");
    Files.copy(golden.resolve("model.safetensors"), there);
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\","
            + " \"b\": \"model-00002-of-00002.safetensors\"}}");
    var summary = ModelFiles.summary(folder);
    assertThat(summary.note()).contains("model-00002-of-00002.safetensors: no such file");
    assertThat(summary.tensors()).anyMatch(tensor -> tensor.name().equals("model.norm.weight"));
  }

  @Test
  void ggufModel_showsItsConfiguration() {
    var summary = ModelFiles.summary(SharedData.model("bookworm-3m-q8_0.gguf"));
    assertThat(summary.config().orElseThrow().shape().getLayers()).isEqualTo(6);
    assertThat(summary.note()).isEmpty();
    assertThat(summary.metadata()).allMatch(entry -> entry.value().length() <= 80);
  }

  @Test
  void directory_showsConfigJsonAndTheTensorsOfAllShards() {
    var summary = ModelFiles.summary(SharedData.testdata("golden/arch/qwen2-bias-f16"));
    assertThat(summary.metadata()).contains(new ModelSummary.Entry("hidden_size", "NUMBER", "64"));
    assertThat(summary.tensors())
        .contains(
            new ModelSummary.TensorEntry("model.norm.weight", "F16", List.of(64L), 128),
            new ModelSummary.TensorEntry(
                "model.layers.0.self_attn.q_proj.bias", "F16", List.of(64L), 128));
    assertThat(summary.config()).isPresent();
  }

  @Test
  void singleSafetensorsFile_showsItsHeader() {
    var summary = ModelFiles.summary(SharedData.model("bookworm-3m/model.safetensors"));
    assertThat(summary.metadata()).contains(new ModelSummary.Entry("format", "STRING", "pt"));
    assertThat(summary.tensors())
        .contains(
            new ModelSummary.TensorEntry(
                "model.embed_tokens.weight", "F16", List.of(4096L, 192L), 2L * 4096 * 192));
    assertThat(summary.config()).isEmpty();
  }
}
