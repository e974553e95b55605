package io.dipper.hwsim.replay.unit;

import io.dipper.trace.ColumnNorms;

/** A weight matrix of the SwiGLU block. */
public enum Matrix {
  UP,
  GATE,
  DOWN;

  /** The norms of its columns in a layer, one per input. */
  public float[] columnNorms(ColumnNorms norms, int layer) {
    return switch (this) {
      case UP -> norms.up(layer);
      case GATE -> norms.gate(layer);
      case DOWN -> norms.down(layer);
    };
  }
}
