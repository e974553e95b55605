package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose experts are not those that their configuration claims. */
class ExpertFolderErrorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "qwen3moe | num_local_experts     | 9   | experts.N.gate_proj.weight for expert 8 of 9; the o",
        "qwen3moe | num_local_experts     | 4   | has no place in QWEN3_MOE of 3 layers",
        "qwen3moe | num_local_experts     | 0   | has no place in QWEN3_MOE of 3 layers",
        "qwen3moe | num_local_experts     | -1  | num_local_experts is -1, expected a positive whole",
        "qwen3moe | num_experts_per_tok   | 9   | num_experts_per_tok is 9, expected at most the 8 ex",
        "qwen3moe | num_experts_per_tok   | 0   | num_experts_per_tok is 0, expected a positive whole",
        "qwen3moe | moe_intermediate_size | 40  | is 384 x 64, expected 320 x 64 for 8 experts",
        "qwen3moe | mlp_only_layers       | []  | mlp.gate_proj.weight has no place in layer 1, which",
        "qwen3moe | mlp_only_layers       | [0] | has no place in layer 0, which has no experts",
        "qwen3moe | mlp_only_layers       | 1   | mlp_only_layers is 1, expected a list of layers",
        "qwen3moe | mlp_only_layers       | [1.5] | expected a list of whole numbers",
        "qwen3moe | decoder_sparse_step   | 0   | decoder_sparse_step is 0, expected a positive whole",
        "qwen3moe | norm_topk_prob        | 1   | norm_topk_prob is 1, expected true or false",
        "mixtral  | num_local_experts     | 0   | num_local_experts is 0, expected a positive whole n",
        "mixtral  | num_local_experts     | 5   | has no place in LLAMA of 3 layers",
        "mixtral  | intermediate_size     | 80  | is 576 x 64, expected 480 x 64 for 6 experts",
        "olmoe    | num_experts           | 9   | experts.N.gate_proj.weight for expert 8 of 9; the o",
        "olmoe    | clip_qkv              | -1  | clip_qkv is -1, expected a positive number",
        "olmoe    | head_dim              | 32  | is 64 x 64, expected 128 x 64"
      })
  void keyThatContradictsTheExperts_isNamed(String model, String key, String value, String message)
      throws IOException {
    copy(model);
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    config.set(key, JSON.readTree(value));
    JSON.writeValue(file.toFile(), config);
    assertRefused(folder, message);
  }

  @Test
  void filesThatAreCutShort_areRefused() throws IOException {
    copy("olmoe");
    cut(folder.resolve("model.safetensors"), folder.resolve("model.safetensors"));
    assertRefused(folder, "model.safetensors: tensor ");
    Path gguf = folder.resolve("cut.gguf");
    cut(SharedData.model("bookworm-moe-q8_0.gguf"), gguf);
    assertRefused(gguf, "which is beyond the end: the file is cut short or damaged");
  }

  private static void cut(Path from, Path to) throws IOException {
    byte[] bytes = Files.readAllBytes(from);
    Files.write(to, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private void copy(String model) throws IOException {
    Path from = SharedData.testdata("golden/moe/arch/" + model + "-f16");
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(from.resolve(name), folder.resolve(name));
    }
  }

  private static void assertRefused(Path model, String message) {
    assertThatThrownBy(() -> ModelFiles.open(model))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(model.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
