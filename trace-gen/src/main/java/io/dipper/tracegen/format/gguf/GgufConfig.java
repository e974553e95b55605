package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.Activation;
import io.dipper.tracegen.format.AttentionConfig;
import io.dipper.tracegen.format.AttentionWindows;
import io.dipper.tracegen.format.LayerConfig;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.format.Norm;
import io.dipper.tracegen.format.TensorTable;
import io.dipper.tracegen.format.TokenConfig;

/** Reads the hyperparameters of a GGUF file as a {@link ModelConfig}. */
final class GgufConfig {
  /** gemma3 of 62 layers scales attention by H/heads, the others by the head dimension. */
  private static final int GEMMA_27B_LAYERS = 62;

  private static final int GEMMA_WINDOW_PATTERN = 6;

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final Architecture architecture;
  private final String prefix;

  GgufConfig(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    String name = metadata.text("general.architecture");
    this.architecture = architecture(name);
    this.prefix = name + ".";
  }

  private Architecture architecture(String name) {
    return switch (name) {
      case "llama" -> Architecture.LLAMA;
      case "phi3" -> Architecture.PHI3;
      case "qwen2" -> Architecture.QWEN2;
      case "qwen3" -> Architecture.QWEN3;
      case "gemma3" -> Architecture.GEMMA3;
      default ->
          throw UserException.in(
              file.path(),
              "architecture "
                  + ModelSummary.shorten(name)
                  + " is not supported; supported: llama, phi3, qwen2, qwen3, gemma3");
    };
  }

  Architecture architecture() {
    return architecture;
  }

  int layers() {
    return metadata.whole(prefix + "block_count", 1);
  }

  /**
   * The whole configuration.
   *
   * @param name where the file does not say
   * @param mainType of its MLP weights
   * @param vocabulary rows of the embedding
   */
  ModelConfig read(String name, String mainType, int vocabulary, TensorTable tensors) {
    ModelShape shape = shape(metadata.text("general.name", name), vocabulary);
    return new ModelConfig(
        architecture,
        shape,
        FileTypes.name(metadata.whole("general.file_type", 0, -1), mainType),
        new TokenConfig(
            metadata.whole(prefix + "context_length", 1),
            metadata.whole("tokenizer.ggml.bos_token_id", 0, -1),
            addsBos()),
        layer(shape, tensors),
        isGemma() ? (float) Math.sqrt(shape.getHiddenSize()) : 1,
        0);
  }

  private LayerConfig layer(ModelShape shape, TensorTable tensors) {
    var rope = new GgufRope(file, architecture, prefix, tensors, shape.getHeadDim());
    float epsilon = (float) metadata.number(prefix + "attention.layer_norm_rms_epsilon");
    return new LayerConfig(
        new Norm(epsilon, 0),
        new AttentionConfig(
            attentionScale(shape), 0, windows(shape.getLayers()), rope.full(), rope.local()),
        isGemma() ? Activation.GELU_TANH : Activation.SILU);
  }

  private AttentionWindows windows(int layers) {
    int length = metadata.whole(prefix + "attention.sliding_window", 0, 0);
    if (isGemma()) {
      String key = prefix + "attention.sliding_window_pattern";
      int pattern = metadata.whole(key, 1, GEMMA_WINDOW_PATTERN);
      return AttentionWindows.saveEvery(pattern, length, layers);
    }
    return AttentionWindows.where(length, layers, layer -> length > 0);
  }

  private boolean isGemma() {
    return architecture == Architecture.GEMMA3;
  }

  private ModelShape shape(String name, int vocabulary) {
    int hidden = metadata.whole(prefix + "embedding_length", 1);
    int heads = metadata.whole(prefix + "attention.head_count", 1);
    int kvHeads = metadata.whole(prefix + "attention.head_count_kv", 1, heads);
    int headDim = metadata.whole(prefix + "attention.key_length", 1, hidden / heads);
    if (heads % kvHeads != 0) {
      throw metadata.wrong(
          prefix + "attention.head_count_kv", "a divisor of the " + heads + " heads");
    }
    if (metadata.whole(prefix + "attention.value_length", 1, headDim) != headDim) {
      throw metadata.wrong(prefix + "attention.value_length", "the key length, " + headDim);
    }
    return ModelShape.newBuilder()
        .setName(name)
        .setHiddenSize(hidden)
        .setIntermediateSize(metadata.whole(prefix + "feed_forward_length", 1))
        .setLayers(layers())
        .setHeads(heads)
        .setKvHeads(kvHeads)
        .setHeadDim(headDim)
        .setVocabularySize(vocabulary)
        .build();
  }

  private float attentionScale(ModelShape shape) {
    boolean byHidden = architecture == Architecture.GEMMA3 && shape.getLayers() == GEMMA_27B_LAYERS;
    double squared = byHidden ? shape.getHiddenSize() / shape.getHeads() : shape.getHeadDim();
    return (float) (1 / Math.sqrt(squared));
  }

  /** As llama.cpp does where the file does not say: SentencePiece and Llama 3 vocabularies do. */
  private boolean addsBos() {
    boolean byDefault =
        metadata.text("tokenizer.ggml.model", "none").equals("llama")
            || metadata.text("tokenizer.ggml.pre", "default").equals("llama-bpe");
    return metadata.flag("tokenizer.ggml.add_bos_token", byDefault);
  }
}
