package io.dipper.tracegen.format.safetensors;

import io.dipper.proto.ModelShape;
import io.dipper.trace.RoutedLayers;
import io.dipper.tracegen.format.Activation;
import io.dipper.tracegen.format.AttentionConfig;
import io.dipper.tracegen.format.LayerConfig;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.Norm;
import io.dipper.tracegen.format.TokenConfig;

/**
 * Reads a config.json as the transformers library does. docs/model-metadata.md lists its keys, and
 * what becomes of each.
 */
final class HuggingFaceConfig {
  private final JsonFields root;
  private final HuggingFaceFamily family;
  private final JsonFields config;
  private final ExpertFields experts;

  /** A model's configuration; that of its text part where it has others too. */
  HuggingFaceConfig(JsonFields root) {
    this.root = root;
    JsonFields text = ModelTypes.textPart(root);
    this.family = ModelTypes.family(root, text);
    this.config = family.withDefaults(text);
    this.experts = new ExpertFields(family, config, layers());
    UnsupportedKeys.refuse(root, text, family);
  }

  HuggingFaceFamily family() {
    return family;
  }

  Architecture architecture() {
    return family.architecture();
  }

  /** The keys of the text part, with the family's defaults. */
  JsonFields fields() {
    return config;
  }

  /** Experts of a layer; 0 of a dense model. */
  int experts() {
    return experts.count();
  }

  /** Whether the head shares the embedding's weights where the file has none of its own. */
  boolean tied() {
    String key = "tie_word_embeddings";
    boolean ofText = config.flag(key, false);
    return ModelTypes.isMultipart(root) ? root.flag(key, isGemma() || ofText) : ofText;
  }

  int layers() {
    return config.positive("num_hidden_layers");
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
    ModelShape shape = shape(name, vocabulary);
    TokenConfig tokens =
        new TokenConfig(
            config.positive("max_position_embeddings"), config.whole("bos_token_id", -1), addBos);
    float softCap = isGemma() ? (float) config.positiveNumber("final_logit_softcapping", 0) : 0;
    return new ModelConfig(
        architecture(),
        shape,
        quantisation,
        tokens,
        layer(shape, tokens.contextLength()),
        isGemma() ? (float) Math.sqrt(shape.getHiddenSize()) : 1,
        softCap);
  }

  private LayerConfig layer(ModelShape shape, int context) {
    var rope = new HuggingFaceRope(family, config, shape.getHeadDim(), context);
    double queryScalar =
        isGemma() ? config.positiveNumber("query_pre_attn_scalar") : shape.getHeadDim();
    var attention =
        new AttentionConfig(
            (float) (1 / Math.sqrt(queryScalar)),
            0,
            family == HuggingFaceFamily.OLMOE ? (float) config.positiveNumber("clip_qkv", 0) : 0,
            LayerWindows.of(family, config, shape.getLayers()),
            rope.full(),
            rope.local());
    var norm = new Norm((float) config.number("rms_norm_eps"), isGemma() ? 1 : 0);
    return new LayerConfig(norm, attention, activation());
  }

  private ModelShape shape(String name, int vocabulary) {
    int hidden = config.positive("hidden_size");
    int heads = config.positive("num_attention_heads");
    int kvHeads = config.positive("num_key_value_heads", heads);
    if (heads % kvHeads != 0) {
      throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads, " + heads);
    }
    ModelShape.Builder shape =
        ModelShape.newBuilder()
            .setName(name)
            .setHiddenSize(hidden)
            .setLayers(layers())
            .setHeads(heads)
            .setKvHeads(kvHeads)
            .setHeadDim(config.positive("head_dim", hidden / heads))
            .setVocabularySize(vocabulary);
    experts.read(shape);
    if (RoutedLayers.count(shape.build()) < layers()) {
      shape.setIntermediateSize(config.positive("intermediate_size"));
    }
    return shape.build();
  }

  private Activation activation() {
    String key = isGemma() ? "hidden_activation" : "hidden_act";
    return switch (config.text(key)) {
      case "silu", "swish" -> Activation.SILU;
      case "gelu", "gelu_python" -> Activation.GELU;
      case "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_new", "gelu_fast", "gelu_accurate" ->
          Activation.GELU_TANH;
      case "quick_gelu" -> Activation.GELU_SIGMOID;
      case "relu" -> Activation.RELU;
      case "relu2" -> Activation.RELU_SQUARED;
      default ->
          throw config.wrong(
              key, "one of silu, gelu, gelu_pytorch_tanh, gelu_new, quick_gelu, relu, relu2");
    };
  }

  private boolean isGemma() {
    return family == HuggingFaceFamily.GEMMA3;
  }
}
