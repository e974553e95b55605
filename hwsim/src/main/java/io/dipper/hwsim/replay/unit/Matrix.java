package io.dipper.hwsim.replay.unit;

import io.dipper.proto.ModelShape;

/** A weight matrix of the SwiGLU block. */
public enum Matrix {
  UP,
  GATE,
  DOWN;

  /**
   * The number of weights in one unit of this matrix: the entries of a column that an input column
   * selects, or of the row or column that a GLU unit selects.
   *
   * @param site the axis that the mask runs over
   */
  public int weightsPerUnit(Axis site, ModelShape shape) {
    return site == Axis.X ? shape.getIntermediateSize() : shape.getHiddenSize();
  }
}
