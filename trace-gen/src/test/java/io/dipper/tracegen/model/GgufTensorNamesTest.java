package io.dipper.tracegen.model;

import io.dipper.tracegen.testing.GgufFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors of GGUF files that no family has a place for, and tokens without a row. */
class GgufTensorNamesTest {
  private GgufFiles files;

  @BeforeEach
  void writeInto(@TempDir Path folder) {
    files = new GgufFiles(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "llama,blk.0.attn_norm.bias,64",
    "llama,blk.0.attn_rot_embd.weight,8",
    "llama,blk.0.rope_freqs.weight,8",
    "llama,blk.0.attn_q.scale,1",
    "llama,blk.0.attn_q_norm.weight,16",
    "llama,blk.3.ffn_norm.weight,64",
    "llama,output.bias,320",
    "llama,rope_factors_long.weight,8",
    "phi3,rope_freqs.weight,8",
    "phi3,blk.0.attn_output.bias,64",
    "qwen2,rope_freqs.weight,8",
    "qwen2,blk.0.ffn_up.bias,96",
    "qwen3,blk.0.attn_output.bias,64",
    "gemma3,blk.0.attn_output.bias,64",
    "gemma3,cls.output.weight,64"
  })
  void tensorThatTheFamilyDoesNotHave_isRefusedByName(String model, String tensor, int length) {
    files.assertRefused(
        GgufFiles.model(model).floats(tensor, new float[length], length),
        "tensor " + tensor + " has no place");
  }

  @Test
  void divisorsForOneLengthOnly_areRefused() {
    files.assertRefused(
        GgufFiles.model("phi3").floats("rope_factors_long.weight", new float[8], 8),
        "has one of rope_factors_short and rope_factors_long, expected both");
  }

  @Test
  void tokensThatAreNoRowsOfTheEmbedding_areRefused() {
    files.assertRefused(
        GgufFiles.model("llama").texts("tokenizer.ggml.tokens", "a", "b"),
        "tokenizer.ggml.tokens has 2 entries, expected one for each of the embedding's 320 rows");
  }
}
