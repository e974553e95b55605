package io.dipper.hwsim.time.schedule;

/** What a step of a token computes. */
public enum StepKind {
  /** The projections and the attention of a layer, with its KV cache. */
  ATTENTION,
  /** What predicts a mask from an activation, before the matrices that the mask covers. */
  PREDICTOR,
  /** The low-rank maps beside matrices of a layer. */
  ADAPTER,
  /** The MLP matrices of a layer that no mask covers. */
  DENSE_MLP,
  /** The MLP matrices that share one mask. */
  MASKED_MLP,
  /** The output head. */
  HEAD
}
