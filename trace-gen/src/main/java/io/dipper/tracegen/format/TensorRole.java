package io.dipper.tracegen.format;

/** What a tensor is for, whatever a format calls it. */
public enum TensorRole {
  EMBEDDING,
  OUTPUT_NORM,
  OUTPUT,
  OUTPUT_BIAS,
  ATTENTION_NORM,
  QUERY,
  KEY,
  VALUE,
  /** Query, key and value rows in one matrix (phi3). */
  FUSED_QKV,
  ATTENTION_OUTPUT,
  QUERY_BIAS,
  KEY_BIAS,
  VALUE_BIAS,
  /** Query, key and value biases in one vector. */
  FUSED_QKV_BIAS,
  ATTENTION_OUTPUT_BIAS,
  QUERY_NORM,
  KEY_NORM,
  /** After attention, before the residual sum (gemma3). */
  POST_ATTENTION_NORM,
  MLP_NORM,
  GATE,
  UP,
  /** Gate rows, then up rows (phi3). */
  FUSED_GATE_UP,
  DOWN,
  GATE_BIAS,
  UP_BIAS,
  DOWN_BIAS,
  /** Scores the experts of a layer: a row for each. */
  ROUTER,
  /** The gate rows of all experts of a layer, expert by expert. */
  EXPERT_GATE,
  /** The up rows of all experts. */
  EXPERT_UP,
  /** Of each expert its gate rows, then its up rows. */
  EXPERT_GATE_UP,
  /** The down rows of all experts. */
  EXPERT_DOWN,
  /** After the MLP, before the residual sum (gemma3). */
  POST_MLP_NORM,
  /** Divisors of the RoPE frequencies, as llama.cpp stores Llama 3's scaling. */
  ROPE_FREQUENCIES,
  /** Divisors of the rotary frequencies for contexts beyond the original one (phi3 longrope). */
  ROPE_FREQUENCIES_LONG
}
