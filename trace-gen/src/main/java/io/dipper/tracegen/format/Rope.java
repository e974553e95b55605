package io.dipper.tracegen.format;

/**
 * A rotary position embedding (Su et al., arXiv 2104.09864).
 *
 * @param theta the base
 * @param dimensions how many entries of a head are rotated, from the first on
 * @param scaling of its frequencies; {@link RopeScaling.None} for none
 */
public record Rope(double theta, int dimensions, Style style, RopeScaling scaling) {

  /** Which two entries of a head are rotated together. */
  public enum Style {
    /** i and i + d/2, as Hugging Face stores them. */
    HALF_SPLIT,
    /** 2i and 2i + 1, as GGUF stores llama's. */
    INTERLEAVED
  }

  /** Radians per token of a pair of entries, in a context of so many tokens. */
  public double frequency(int pair, int tokens) {
    double unscaled = Math.pow(theta, -2.0 * pair / dimensions);
    return scaling.scaled(unscaled, pair, this, tokens);
  }
}
