package io.dipper.tracegen.format;

/** The non-linearity of an MLP's gate. */
public enum Activation {
  /** {@code x σ(x)}. */
  SILU,
  /** {@code x Φ(x)}, with the exact distribution function Φ of the normal. */
  GELU,
  /** GELU with Φ approximated by a tanh of a cubic. */
  GELU_TANH,
  /** GELU with Φ approximated by {@code σ(1.702 x)}. */
  GELU_SIGMOID,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code max(x, 0)²}. */
  RELU_SQUARED
}
