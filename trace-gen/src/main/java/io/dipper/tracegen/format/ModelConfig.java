package io.dipper.tracegen.format;

import io.dipper.proto.ModelShape;

/**
 * The hyperparameters of a model, the same whichever format they came from.
 *
 * @param architecture the family
 * @param shape dimensions, file digest and stored bits per weight
 * @param quantisation the file's name for its own quantisation, e.g. Q4_1, F16
 * @param tokens context and BOS
 * @param layer arithmetic of the decoder layers
 * @param embeddingScale factor on the embedding: sqrt(H) for gemma3, else 1
 * @param logitSoftCap c of {@code c tanh(logit / c)}, which bounds the logits; 0 for none
 */
public record ModelConfig(
    Architecture architecture,
    ModelShape shape,
    String quantisation,
    TokenConfig tokens,
    LayerConfig layer,
    float embeddingScale,
    float logitSoftCap) {

  /** The families that the forward pass knows. Mistral, Mixtral, SmolLM2 and Llama 3 are LLAMA. */
  public enum Architecture {
    LLAMA,
    PHI3,
    QWEN2,
    QWEN3,
    QWEN3_MOE,
    OLMOE,
    GEMMA3
  }

  public AttentionConfig attention() {
    return layer.attention();
  }

  public Norm norm() {
    return layer.norm();
  }

  public Activation activation() {
    return layer.activation();
  }

  public int contextLength() {
    return tokens.contextLength();
  }

  public int bosToken() {
    return tokens.bosToken();
  }

  public boolean addBos() {
    return tokens.addBos();
  }

  /** This configuration with another shape. */
  public ModelConfig withShape(ModelShape other) {
    return new ModelConfig(
        architecture, other, quantisation, tokens, layer, embeddingScale, logitSoftCap);
  }
}
