package io.dipper.hwsim.time.schedule;

/**
 * What the processor is told to run in a step.
 *
 * @param launches of products with weights, and of attention
 * @param synchronisations of all that computes
 * @param expertLayers layers with experts that begin
 * @param all kernels of a layer, or of the head, counted at its first step
 */
public record Kernels(int launches, int synchronisations, int expertLayers, int all) {
  /**
   * A Llama's: 7 matrices, 2 norms, 2 rotations, 2 writes of keys and values, attention, the gate's
   * function, 2 additions.
   */
  static final int OF_A_LAYER = 17;

  /** The embedding's row, a norm, the product. */
  static final int OF_A_HEAD = 3;

  /** Those of a step that begins no layer. */
  public Kernels(int launches, int synchronisations) {
    this(launches, synchronisations, 0, 0);
  }
}
