package io.dipper.trace;

import io.dipper.proto.ModelShape;
import java.util.Locale;

/**
 * A place in the SwiGLU block where activations are recorded, and by whose magnitude units are
 * chosen.
 */
public enum Site {
  /** The post-norm MLP input {@code x}, H values. */
  X,
  /** {@code silu(W_gate x)}, I values. */
  GATE,
  /** {@code W_up x}, I values. */
  UP,
  /** {@code gate * up}, the input of {@code W_down}, I values. */
  GLU;

  /** The name in column names and manifests: x, gate, up, glu. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The trace column of a layer, e.g. {@code layers.7.glu}. */
  public String column(int layer) {
    return "layers." + layer + "." + id();
  }

  /** The number of values per token: H or I. */
  public int width(ModelShape shape) {
    return this == X ? shape.getHiddenSize() : shape.getIntermediateSize();
  }
}
