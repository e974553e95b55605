package io.dipper.hwsim.execute;

/** Hears of the tokens that are run, and of the products of their masked steps. */
interface RunListener {
  /** Hears nothing. */
  RunListener NONE = (row, layer, group, products) -> {};

  /**
   * A sequence begins.
   *
   * @param first its first row
   * @param length how many tokens it has
   */
  default void begins(int first, int length) {}

  /** The token of a row begins. */
  default void token(int row) {}

  /** The products of a layer's experts are done; they are valid during this call only. */
  default void multiplied(int row, int layer, ExpertProducts products) {}

  /** The products of a step are done; they are valid during this call only. */
  void multiplied(int row, int layer, int group, UnitProducts products);
}
