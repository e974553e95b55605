package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

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
