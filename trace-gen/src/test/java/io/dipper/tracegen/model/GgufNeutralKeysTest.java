package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.testing.GgufFiles;
import io.dipper.tracegen.testing.GgufWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GGUF metadata that changes nothing, and what is read where files do not say. */
class GgufNeutralKeysTest {
  private GgufFiles files;

  @BeforeEach
  void writeInto(@TempDir Path folder) {
    files = new GgufFiles(folder);
  }

  /** Values that change nothing, of keys that are refused else; and keys that nothing reads. */
  @Test
  void valuesThatChangeNothing_areAccepted() {
    files.open(
        GgufFiles.model("gemma3")
            .float32("gemma3.logit_scale", 1)
            .float32("gemma3.embedding_scale", 0)
            .float32("gemma3.attn_logit_softcapping", 0)
            .float32("gemma3.attention.scale", 0.25f)
            .float32("gemma3.attention.layer_norm_epsilon", 1)
            .float32("gemma3.rope.scaling.yarn_beta_fast", 32)
            .float32("gemma3.rope.global.freq_base", 1e6f)
            .float32("gemma3.rope.local.freq_base", 1e4f)
            .bool("gemma3.attention.causal", true)
            .bool("gemma3.use_parallel_residual", false)
            .text("gemma3.hidden_activation", "gelu_pytorch_tanh")
            .uint32("gemma3.expert_count", 0)
            .uint32("gemma3.pooling_type", 0)
            .uint32("gemma3.attention.key_length_swa", 16)
            .uint32("gemma3.vision.block_count", 27)
            .uint32("gemma3.mm.tokens_per_image", 256)
            .floats("v.blk.0.ln1.weight", new float[4], 4)
            .floats("mm.soft_emb_norm.weight", new float[4], 4));
    files.open(GgufFiles.model("llama").uint32("llama.attention.sliding_window", 4096));
    files.open(GgufFiles.model("llama").text("general.type", "model"));
  }

  /** Ollama's own spelling of gemma3's two bases. */
  @Test
  void basesInOllamasSpelling_areObeyed() {
    ModelConfig config =
        files.open(
            GgufFiles.without("gemma3", "gemma3.rope.freq_base")
                .float32("gemma3.rope.global.freq_base", 1e6f)
                .float32("gemma3.rope.local.freq_base", 500));
    assertThat(config.attention().rope().theta()).isEqualTo(1e6);
    assertThat(config.attention().localRope().theta()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "llama,default,true,1",
    "gpt2,llama-bpe,true,11",
    "gpt2,tekken,true,11",
    "gpt2,falcon3,true,11",
    "gpt2,qwen2,false,11",
    "gpt2,gpt-4o,false,11",
    "none,default,false,-1"
  })
  void bos_isThatOfTheTokenizer_whereTheFileDoesNotSay(
      String tokenizer, String pre, boolean adds, int id) {
    GgufWriter writer =
        GgufFiles.model("llama")
            .text("tokenizer.ggml.model", tokenizer)
            .text("tokenizer.ggml.pre", pre);
    ModelConfig config = files.open(writer);
    assertThat(config.addBos()).isEqualTo(adds);
    assertThat(config.bosToken()).isEqualTo(id);
    writer.bool("tokenizer.ggml.add_bos_token", !adds).uint32("tokenizer.ggml.bos_token_id", 7);
    assertThat(files.open(writer).addBos()).isEqualTo(!adds);
    assertThat(files.open(writer).bosToken()).isEqualTo(7);
  }
}
