package io.dipper.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.predictor.LowRankMap;
import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterFolderTest {
  /** Rank 4 on all matrices of layers 0 and 3, F16, rank-stabilised, as PEFT writes it. */
  private static final Path RANDOM = SharedData.testdata("adapters/bookworm-random");

  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setName("toy")
          .setHiddenSize(3)
          .setIntermediateSize(4)
          .setLayers(2)
          .setHeads(3)
          .setKvHeads(1)
          .setHeadDim(1)
          .build();

  private static final LowRankMap UP =
      new LowRankMap(
          3, 2, 4, new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 0, -1, 2, 0, 1, 1, -2}, false);

  @TempDir private Path folder;

  @Test
  void scales_areAlphaOverTheRootOfTheRank_byPattern() {
    Adapter adapter = AdapterFolder.read(RANDOM);
    assertThat(adapter.matrices()).hasSize(14);
    // alpha 6 / √4; k_proj has 10, layer 3's down_proj has 2.
    assertThat(scale(adapter, 0, AdapterTarget.UP)).isCloseTo(3, within(1e-6f));
    assertThat(scale(adapter, 0, AdapterTarget.KEY)).isCloseTo(5, within(1e-6f));
    assertThat(scale(adapter, 0, AdapterTarget.DOWN)).isCloseTo(3, within(1e-6f));
    assertThat(scale(adapter, 3, AdapterTarget.DOWN)).isCloseTo(1, within(1e-6f));
    assertThat(adapter.modelSha256()).isEmpty();
    assertThat(adapter.sha256()).matches("[0-9a-f]{64}");
  }

  private static float scale(Adapter adapter, int layer, AdapterTarget target) {
    return adapter.matrices().stream()
        .filter(m -> m.layer() == layer && m.target() == target)
        .findFirst()
        .orElseThrow()
        .scale();
  }

  @Test
  void whatIsWritten_isReadBack_andFilesAreEqual() throws IOException {
    Adapter read = AdapterFolder.read(written("a", 0.5f));
    assertThat(read.modelSha256()).isEqualTo("abc");
    AdaptedMatrix matrix = read.matrices().get(0);
    assertThat(matrix.layer()).isEqualTo(1);
    assertThat(matrix.target()).isEqualTo(AdapterTarget.UP);
    assertThat(matrix.scale()).isEqualTo(0.5f);
    assertThat(matrix.map().inner()).containsExactly(UP.inner());
    assertThat(matrix.map().outer()).containsExactly(UP.outer());
    Path other = written("b", 0.5f);
    AdapterFolder.files(folder.resolve("a"))
        .forEach(
            file -> assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file));
    read.check(other, SHAPE);
  }

  @Test
  void theDigest_followsTheContentAndNotTheFolder() {
    String one = AdapterFolder.digest(written("a", 0.5f));
    assertThat(AdapterFolder.digest(written("b", 0.5f))).isEqualTo(one);
    assertThat(AdapterFolder.digest(written("c", 0.25f))).isNotEqualTo(one);
  }

  private Path written(String name, float scale) {
    AdaptedMatrix matrix = new AdaptedMatrix(1, AdapterTarget.UP, UP, scale);
    Path to = folder.resolve(name);
    AdapterWriter.write(new Adapter(List.of(matrix), "abc", ""), "toy", to);
    return to;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use_dora\": false | \"use_dora\": true | has use_dora true, which is not supported",
        "\"bias\": \"none\" | \"bias\": \"all\" | has bias \"all\"",
        "\"lora_bias\": false | \"lora_bias\": true | has lora_bias true",
        "\"fan_in_fan_out\": false | \"fan_in_fan_out\": true | has fan_in_fan_out true",
        "\"modules_to_save\": null | \"modules_to_save\": [\"lm_head\"] | has modules_to_save",
        "\"layer_replication\": null | \"layer_replication\": [[0, 2]] | has layer_replication",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"pissa\" | has init_lora_weights",
        "\"peft_type\": \"LORA\" | \"peft_type\": \"LOHA\" | has peft_type \"LOHA\"",
        "\"r\": 4 | \"r\": 5 | expected [5, inputs]",
        "\"r\": 4 | \"r\": 0 | has r 0",
        "\"lora_alpha\": 6.0 | \"lora_alpha\": \"six\" | has lora_alpha \"six\"",
        "\"auto_mapping\": null | \"new_thing\": 3 | has new_thing 3, which is not supported",
        "{ | [ | is no JSON",
      })
  void whatChangesTheArithmeticOtherwise_isRefusedByName(String is, String not, String why)
      throws IOException {
    Path copy = copy();
    Path config = copy.resolve("adapter_config.json");
    String text = Files.readString(config);
    assertThat(text).contains(is);
    Files.writeString(config, text.replace(is, not));
    assertThatThrownBy(() -> AdapterFolder.read(copy))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(copy.toString())
        .hasMessageContaining(why);
  }

  private Path copy() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (Path file : AdapterFolder.files(RANDOM)) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  @ParameterizedTest
  @CsvSource({"5, too short", "500, not a whole safetensors file", "-1, has data_offsets"})
  void truncatedTensors_areOneLine(int length, String why) throws IOException {
    Path copy = copy();
    Path tensors = copy.resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(tensors);
    Files.write(tensors, Arrays.copyOf(bytes, Math.floorMod(length, bytes.length)));
    assertThatThrownBy(() -> AdapterFolder.read(copy))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(tensors.toString())
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "up_proj.lora_A, up_proj.lora_C, has tensor",
    "mlp.up_proj, mlp.xx_proj, has tensor",
    "layers.3.mlp.up_proj.lora_A, layers.2.mlp.up_proj.lora_A, without its lora_B",
  })
  void foreignTensors_areOneLine(String is, String not, String why) throws IOException {
    Path copy = copy();
    Path tensors = copy.resolve("adapter_model.safetensors");
    String text = Files.readString(tensors, StandardCharsets.ISO_8859_1);
    Files.writeString(tensors, text.replace(is, not), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> AdapterFolder.read(copy))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(tensors.toString())
        .hasMessageContaining(why);
  }

  @Test
  void anEmptyFolder_isOneLine() {
    assertThatThrownBy(() -> AdapterFolder.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no adapter_config.json");
  }

  @Test
  void anotherModel_isRefused() {
    Path written = written("a", 1);
    Adapter adapter = AdapterFolder.read(written);
    assertThatThrownBy(() -> adapter.check(written, SHAPE.toBuilder().setLayers(1).build()))
        .hasMessageContaining("adapts model.layers.1.mlp.up_proj, which toy of 1 layers");
    assertThatThrownBy(() -> adapter.check(written, SHAPE.toBuilder().setHiddenSize(5).build()))
        .hasMessageContaining("of 3 inputs and 4 outputs, and that of toy has 5 and 4");
    assertThatThrownBy(() -> adapter.check(written, SHAPE.toBuilder().setSha256("def").build()))
        .hasMessageContaining("was trained on another model than toy");
    assertThatThrownBy(() -> adapter.check(written, SHAPE.toBuilder().setExperts(8).build()))
        .hasMessageContaining("with experts does not have");
  }
}
