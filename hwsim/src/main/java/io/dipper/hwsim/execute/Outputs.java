package io.dipper.hwsim.execute;

/** Hears the products of masked steps. */
interface Outputs {
  /** Hears nothing. */
  Outputs NONE = (row, layer, group, products) -> {};

  /** The products of a step are done; they are valid during this call only. */
  void multiplied(int row, int layer, int group, UnitProducts products);
}
