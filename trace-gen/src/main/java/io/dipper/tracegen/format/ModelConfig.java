package io.dipper.tracegen.format;

import io.dipper.proto.ModelShape;
import java.util.Optional;

/**
 * The hyperparameters of a model, the same whichever format they came from.
 *
 * @param architecture the family
 * @param shape dimensions, file digest and stored bits per weight
 * @param quantisation the file's name for its own quantisation, e.g. Q4_1, F16
 * @param contextLength the trained context
 * @param normEpsilon of every RMS norm
 * @param normOffset added to every norm weight: 1 where the file stores w of (1 + w) (gemma3
 *     safetensors), else 0
 * @param embeddingScale factor on the embedding: sqrt(H) for gemma3, else 1
 * @param attentionScale factor on query-key products, usually 1/sqrt(head dim)
 * @param activation of the gate
 * @param rope rotary position embedding of full-attention layers
 * @param localRope of sliding-window layers where it differs (gemma3)
 * @param slidingWindow tokens that a windowed layer sees, itself included; 0 for none
 * @param windowPattern every n-th layer is full attention (gemma3: 6); 1 means that all layers are
 *     windowed
 * @param bosToken id of the beginning-of-sequence token; -1 for none
 * @param addBos whether the tokenizer puts it before a text
 */
public record ModelConfig(
    Architecture architecture,
    ModelShape shape,
    String quantisation,
    int contextLength,
    float normEpsilon,
    float normOffset,
    float embeddingScale,
    float attentionScale,
    Activation activation,
    Rope rope,
    Optional<Rope> localRope,
    int slidingWindow,
    int windowPattern,
    int bosToken,
    boolean addBos) {

  /** The families that the forward pass knows. Mistral, SmolLM2 and Llama 3 are LLAMA. */
  public enum Architecture {
    LLAMA,
    PHI3,
    QWEN2,
    QWEN3,
    GEMMA3
  }

  /** The gate's non-linearity. */
  public enum Activation {
    SILU,
    /** The tanh approximation of GELU. */
    GELU_TANH
  }

  /** Which two entries of a head are rotated together. */
  public enum RopeStyle {
    /** i and i + d/2, as Hugging Face stores them. */
    HALF_SPLIT,
    /** 2i and 2i + 1, as GGUF stores llama's. */
    INTERLEAVED
  }

  /**
   * A rotary position embedding.
   *
   * @param theta the base
   * @param dimensions how many entries of a head are rotated, from the first on
   * @param scaling of positions or frequencies; {@link RopeScaling.None} for none
   */
  public record Rope(double theta, int dimensions, RopeStyle style, RopeScaling scaling) {}

  /** The same configuration with another shape. */
  public ModelConfig withShape(ModelShape other) {
    return new ModelConfig(
        architecture,
        other,
        quantisation,
        contextLength,
        normEpsilon,
        normOffset,
        embeddingScale,
        attentionScale,
        activation,
        rope,
        localRope,
        slidingWindow,
        windowPattern,
        bosToken,
        addBos);
  }

  /** How RoPE is stretched beyond the trained context. */
  public sealed interface RopeScaling {
    /** The scaling to use for a context of so many tokens; only {@link LongRope} depends on it. */
    default RopeScaling forContext(int tokens) {
      return this;
    }

    record None() implements RopeScaling {}

    /** Positions divided by a factor. */
    record Linear(double factor) implements RopeScaling {}

    /** Llama 3's: low frequencies divided by the factor, a ramp between. */
    record Llama3(
        double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContext)
        implements RopeScaling {}

    /** Frequencies divided one by one (dimensions/2 divisors), cos and sin times a factor. */
    record PerFrequency(double[] divisors, double attentionFactor) implements RopeScaling {}

    /**
     * Phi-3's LongRoPE (arXiv 2402.13753): one set of divisors up to the original context, another
     * beyond it. Call {@link #forContext} first: it gives the {@link PerFrequency} to use.
     */
    record LongRope(
        double[] shortDivisors, double[] longDivisors, int originalContext, double attentionFactor)
        implements RopeScaling {
      @Override
      public RopeScaling forContext(int tokens) {
        return new PerFrequency(
            tokens > originalContext ? longDivisors : shortDivisors, attentionFactor);
      }
    }
  }
}
