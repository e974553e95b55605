package io.dipper.tracegen.format.safetensors;

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
import io.dipper.tracegen.format.TokenConfig;

/** Reads a config.json, as the transformers library writes it, as a {@link ModelConfig}. */
final class HuggingFaceConfig {
  private final JsonFields config;
  private final String modelType;
  private final Architecture architecture;

  /** A model's configuration; that of its text part where it has others too. */
  HuggingFaceConfig(JsonFields root) {
    this.config = root.has("text_config") ? root.object("text_config") : root;
    String type = config.text("model_type", root.text("model_type", "unnamed"));
    this.modelType = type.equals("gemma3") ? "gemma3_text" : type;
    this.architecture = architecture(modelType, config);
  }

  private static Architecture architecture(String modelType, JsonFields config) {
    return switch (modelType) {
      case "llama", "mistral" -> Architecture.LLAMA;
      case "phi3" -> Architecture.PHI3;
      case "qwen2" -> Architecture.QWEN2;
      case "qwen3" -> Architecture.QWEN3;
      case "gemma3_text" -> Architecture.GEMMA3;
      default ->
          throw UserException.in(
              config.file(),
              "model_type "
                  + ModelSummary.shorten(modelType)
                  + " is not supported; supported: llama, mistral, phi3, qwen2, qwen3, gemma3");
    };
  }

  Architecture architecture() {
    return architecture;
  }

  /** Whether the head shares the embedding's weights. */
  boolean tied() {
    return config.flag("tie_word_embeddings", isGemma());
  }

  int layers() {
    return size("num_hidden_layers", 26);
  }

  /**
   * The whole configuration.
   *
   * @param name of the model
   * @param quantisation the type of its weights
   * @param vocabulary rows of the embedding
   * @param addBos whether its tokenizer puts a BOS first
   */
  ModelConfig read(String name, String quantisation, int vocabulary, boolean addBos) {
    refuse("attn_logit_softcapping");
    refuse("final_logit_softcapping");
    ModelShape shape = shape(name, vocabulary);
    int context = size("max_position_embeddings", 131_072);
    AttentionWindows windows = LayerWindows.of(modelType, config, shape.getLayers());
    var rope = new HuggingFaceRope(config, shape.getHeadDim(), context);
    double queryScalar =
        isGemma() ? config.number("query_pre_attn_scalar", 256) : shape.getHeadDim();
    var norm = new Norm((float) config.number("rms_norm_eps", 1e-6), isGemma() ? 1 : 0);
    var attention =
        new AttentionConfig(
            (float) (1 / Math.sqrt(queryScalar)),
            0,
            windows,
            rope.full(isGemma()),
            rope.local(isGemma()));
    return new ModelConfig(
        architecture,
        shape,
        quantisation,
        new TokenConfig(context, config.node().path("bos_token_id").asInt(-1), addBos),
        new LayerConfig(norm, attention, activation()),
        isGemma() ? (float) Math.sqrt(shape.getHiddenSize()) : 1,
        0);
  }

  private ModelShape shape(String name, int vocabulary) {
    int hidden = size("hidden_size", 2304);
    int heads = size("num_attention_heads", 8);
    int kvHeads =
        isGemma()
            ? config.positive("num_key_value_heads", 4)
            : config.positive("num_key_value_heads", heads);
    int headDim = config.positive("head_dim", isGemma() ? 256 : hidden / heads);
    if (heads % kvHeads != 0) {
      throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads, " + heads);
    }
    return ModelShape.newBuilder()
        .setName(name)
        .setHiddenSize(hidden)
        .setIntermediateSize(size("intermediate_size", 9216))
        .setLayers(layers())
        .setHeads(heads)
        .setKvHeads(kvHeads)
        .setHeadDim(headDim)
        .setVocabularySize(vocabulary)
        .build();
  }

  private Activation activation() {
    String key = isGemma() ? "hidden_activation" : "hidden_act";
    return switch (config.text(key, isGemma() ? "gelu_pytorch_tanh" : "silu")) {
      case "silu", "swish" -> Activation.SILU;
      case "gelu_pytorch_tanh" -> Activation.GELU_TANH;
      default -> throw config.wrong(key, "silu or gelu_pytorch_tanh");
    };
  }

  /** A dimension; only gemma3's files on the hub leave some out, and mean these. */
  private int size(String key, int absentInGemma) {
    return isGemma() ? config.positive(key, absentInGemma) : config.positive(key);
  }

  private boolean isGemma() {
    return architecture == Architecture.GEMMA3;
  }

  private void refuse(String key) {
    if (config.has(key)) {
      throw config.wrong(key, "null: it is not supported");
    }
  }
}
