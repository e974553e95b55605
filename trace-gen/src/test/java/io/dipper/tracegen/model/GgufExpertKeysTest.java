package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.testing.GgufFiles;
import io.dipper.tracegen.testing.GgufWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GGUF files say of experts; their arithmetic is in GgufConfigurationsTest. */
class GgufExpertKeysTest {
  private GgufFiles files;

  @BeforeEach
  void writeInto(@TempDir Path folder) {
    files = new GgufFiles(folder);
  }

  @Test
  void sizesOfExperts_areInTheShape_andTheirPlacesInTheFile() {
    ModelShape shape = files.open(GgufFiles.model("qwen3moe")).shape();
    assertThat(shape.getExperts()).isEqualTo(8);
    assertThat(shape.getExpertsPerToken()).isEqualTo(2);
    assertThat(shape.getExpertIntermediateSize()).isEqualTo(48);
    assertThat(shape.getIntermediateSize()).isZero();
    assertThat(shape.getNormTopk()).isTrue();
    assertThat(files.open(GgufFiles.model("olmoe")).shape().getNormTopk()).isFalse();
    LayerStorage layer = shape.getStorage(1);
    assertThat(layer.getSlicesList())
        .extracting(slice -> slice.getMatrices())
        .containsExactly("gate", "up", "down");
    assertThat(layer.getSlicesList())
        .allSatisfy(
            slice -> {
              assertThat(slice.getBytes()).isEqualTo(4 * 48 * 64);
              assertThat(slice.hasOffset()).isTrue();
            });
    // The norms, q and k norms, four attention matrices, the router.
    assertThat(layer.getDenseBytes())
        .isEqualTo(4 * (2 * 64 + 2 * 16 + 64 * 64 + 2 * 32 * 64 + 64 * 64 + 8 * 64));
    long next = layer.getSlices(1).getOffset() - layer.getSlices(0).getOffset();
    assertThat(next).isEqualTo(8 * layer.getSlices(0).getBytes());
  }

  @Test
  void expertsThatAreClaimedAndNotThere_areMissed() {
    files.assertRefused(
        GgufFiles.model("llama")
            .uint32("llama.expert_count", 8)
            .uint32("llama.expert_used_count", 2),
        "has no tensor blk.0.ffn_down_exps.weight, though its metadata claim 8 experts");
    files.assertRefused(
        GgufFiles.model("llama-experts").floats("blk.0.ffn_gate.weight", new float[64], 64),
        "tensor blk.0.ffn_gate.weight has no place in layer 0, which has experts");
  }

  @Test
  void expertsThatNoKeyClaims_haveNoPlace() {
    files.assertRefused(
        GgufFiles.without("llama-experts", "llama.expert_count"),
        "tensor blk.0.ffn_gate_inp.weight has no place in LLAMA of 3 layers");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void anotherNumberOfExpertsThanTheTensorsHave_isSaid(int experts) {
    files.assertRefused(
        GgufFiles.without("olmoe", "olmoe.expert_count").uint32("olmoe.expert_count", experts),
        "tensor blk.0.ffn_gate_inp.weight is 8 x 64, expected " + experts + " x 64 for " + experts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "qwen3moe | expert_used_count                 | 9   | at most the 8 experts",
        "qwen3moe | expert_used_count                 | 0   | a whole number of at least 1",
        "olmoe    | expert_count                      | 0   | a whole number of at least 1",
        "phi3     | expert_count                      | 16  | 0: experts are not supported in",
        "llama-experts | expert_shared_count               | 1   | 0: this is not supported in",
        "llama-experts | expert_shared_feed_forward_length | 64  | 0: this is not supported in",
        "qwen3moe | expert_group_count                | 4   | 1: this is not supported in",
        "qwen3moe | expert_group_used_count           | 2   | 1: this is not supported in",
        "qwen3moe | expert_gating_func                | 2   | 1: this is not supported in",
        "qwen3moe | moe_every_n_layers                | 2   | 1: this is not supported in",
        "olmoe    | expert_feed_forward_length        | 48  | 96 as in olmoe.feed_forward_length",
        "qwen3moe | leading_dense_block_count         | 1   | 0: this is not supported in"
      })
  void whatTheFamilyDoesNotDoWithExperts_isRefusedByName(
      String model, String name, int value, String expected) {
    String key = model.replace("-experts", "") + "." + name;
    files.assertRefused(
        GgufFiles.without(model, key).uint32(key, value),
        "metadata " + key + " is " + value + ", expected " + expected);
  }

  @Test
  void scalesAndNormsOfAnotherFamily_areRefusedByName() {
    files.assertRefused(
        GgufFiles.model("qwen3moe").float32("qwen3moe.expert_weights_scale", 2.5f),
        "metadata qwen3moe.expert_weights_scale is 2.5, expected 1");
    files.assertRefused(
        GgufFiles.model("olmoe").bool("olmoe.expert_weights_norm", true),
        "metadata olmoe.expert_weights_norm is true, expected false, that of architecture OLMOE");
    files.assertRefused(
        GgufFiles.model("olmoe").float32("olmoe.attention.clamp_kqv", 8),
        "metadata olmoe.attention.clamp_kqv is 8.0, expected 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek2", "qwen2moe", "gpt-oss", "granitemoe"})
  void anotherFamilyWithExperts_isRefusedByItsName(String architecture) {
    GgufWriter writer =
        new GgufWriter()
            .text("general.architecture", architecture)
            .uint32(architecture + ".expert_count", 64);
    files.assertRefused(
        writer, "architecture " + architecture + " is not supported; supported: llama, phi3");
  }
}
