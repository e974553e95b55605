package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.Activation;
import io.dipper.tracegen.format.AttentionConfig;
import io.dipper.tracegen.format.LayerConfig;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.Norm;
import io.dipper.tracegen.format.TensorTable;
import java.util.List;

/** Reads the hyperparameters of a GGUF file as a {@link ModelConfig}. */
final class GgufConfig {
  /** gemma3 of 62 layers scales attention by H/heads, the others by the head dimension. */
  private static final int GEMMA_27B_LAYERS = 62;

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final Architecture architecture;
  private final String prefix;
  private final GgufExperts experts;

  GgufConfig(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    requireModel();
    String name = metadata.text("general.architecture");
    this.prefix = name + ".";
    this.architecture = architecture(name);
    this.experts = new GgufExperts(metadata, architecture, prefix);
  }

  /** Adapters, projectors of images and importance matrices are GGUF files too. */
  private void requireModel() {
    String key = "general.type";
    if (!metadata.text(key, "model").equals("model")) {
      throw metadata.wrong(key, "model: only whole models are run");
    }
  }

  private Architecture architecture(String name) {
    return switch (name) {
      case "llama" -> Architecture.LLAMA;
      case "phi3" -> Architecture.PHI3;
      case "qwen2" -> Architecture.QWEN2;
      case "qwen3" -> Architecture.QWEN3;
      case "qwen3moe" -> Architecture.QWEN3_MOE;
      case "olmoe" -> Architecture.OLMOE;
      case "gemma3" -> Architecture.GEMMA3;
      default ->
          throw UserException.in(
              file.path(),
              "architecture %s is not supported; supported: llama, phi3, qwen2, qwen3, qwen3moe, olmoe, gemma3"
                  .formatted(Visible.shortLine(name)));
    };
  }

  /** Whether layers have experts in place of one MLP. */
  boolean hasExperts() {
    return experts() > 0;
  }

  /** Experts of a layer; 0 of a dense model. */
  int experts() {
    return experts.count();
  }

  Architecture architecture() {
    return architecture;
  }

  /**
   * Whether the file says that its RoPE has one set of divisors for short contexts, one for long.
   */
  boolean isLongRope() {
    return metadata.text(prefix + "rope.scaling.type", "").equals("longrope");
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
    new GgufForeignKeys(metadata, architecture, prefix).refuse();
    ModelShape shape = shape(metadata.text("general.name", name), vocabulary);
    return new ModelConfig(
        architecture,
        shape,
        FileTypes.name(metadata.whole("general.file_type", 0, -1), mainType),
        new GgufTokens(file).read(prefix + "context_length", vocabulary),
        layer(shape, tensors),
        isGemma() ? (float) Math.sqrt(shape.getHiddenSize()) : 1,
        isGemma() ? softCap() : 0);
  }

  private LayerConfig layer(ModelShape shape, TensorTable tensors) {
    var windows = new GgufWindows(metadata, architecture, prefix).read(shape.getLayers());
    var rope = new GgufRope(file, architecture, prefix, tensors, shape.getHeadDim());
    float epsilon = (float) metadata.number(prefix + "attention.layer_norm_rms_epsilon");
    return new LayerConfig(
        new Norm(epsilon, 0),
        new AttentionConfig(attentionScale(shape), 0, 0, windows, rope.full(), rope.local()),
        isGemma() ? Activation.GELU_TANH : Activation.SILU);
  }

  private float softCap() {
    String key = prefix + "final_logit_softcapping";
    double cap = metadata.number(key, 0);
    if (cap < 0) {
      throw metadata.wrong(key, "a positive number, or 0 for none");
    }
    return (float) cap;
  }

  private boolean isGemma() {
    return architecture == Architecture.GEMMA3;
  }

  private ModelShape shape(String name, int vocabulary) {
    int layers = layers();
    int hidden = metadata.whole(prefix + "embedding_length", 1);
    int heads = metadata.perLayer(prefix + "attention.head_count", 1, layers);
    String kvKey = prefix + "attention.head_count_kv";
    int kvHeads = metadata.has(kvKey) ? metadata.perLayer(kvKey, 1, layers) : heads;
    int headDim = metadata.whole(prefix + "attention.key_length", 1, hidden / heads);
    if (heads % kvHeads != 0) {
      throw metadata.wrong(kvKey, "a divisor of the " + heads + " heads");
    }
    for (String length :
        List.of(
            "attention.value_length", "attention.key_length_swa", "attention.value_length_swa")) {
      if (metadata.whole(prefix + length, 1, headDim) != headDim) {
        throw metadata.wrong(prefix + length, "the key length, " + headDim);
      }
    }
    if (metadata.whole(prefix + "embedding_length_out", 1, hidden) != hidden) {
      throw metadata.wrong(prefix + "embedding_length_out", "the embedding's length, " + hidden);
    }
    ModelShape.Builder shape =
        ModelShape.newBuilder()
            .setName(name)
            .setHiddenSize(hidden)
            .setLayers(layers)
            .setHeads(heads)
            .setKvHeads(kvHeads)
            .setHeadDim(headDim)
            .setVocabularySize(vocabulary);
    if (hasExperts()) {
      experts.read(shape);
    } else {
      shape.setIntermediateSize(metadata.perLayer(prefix + "feed_forward_length", 1, layers));
    }
    return shape.build();
  }

  private float attentionScale(ModelShape shape) {
    boolean byHidden = isGemma() && shape.getLayers() == GEMMA_27B_LAYERS;
    double squared = byHidden ? shape.getHiddenSize() / shape.getHeads() : shape.getHeadDim();
    float scale = (float) (1 / Math.sqrt(squared));
    String key = prefix + "attention.scale";
    double written = metadata.number(key, scale);
    if (written != 0 && Math.abs(written - scale) > 1e-6 * scale) {
      throw metadata.wrong(key, "the architecture's own, " + scale);
    }
    return scale;
  }
}
