package io.dipper.hwsim.replay.unit;

import io.dipper.proto.ModelShape;

/** The dimension whose units a mask selects: the H input columns, or the I units of the GLU. */
public enum Axis {
  X,
  H;

  /** The number N of units. */
  public int units(ModelShape shape) {
    return this == X ? shape.getHiddenSize() : shape.getIntermediateSize();
  }
}
