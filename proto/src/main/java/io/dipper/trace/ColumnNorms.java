package io.dipper.trace;

/**
 * The 2-norms of the weight columns that the units of the SwiGLU block stand for, in fp32.
 *
 * <p>They turn a unit's activation into the size of what it adds to the output, for norm-aware
 * policies and for the energy that a mask retains. The arrays are not copies.
 */
public final class ColumnNorms {
  private final float[][] up;
  private final float[][] gate;
  private final float[][] down;

  /**
   * @param up per layer, the norm of each of the H columns of {@code W_up}
   * @param gate per layer, the norm of each of the H columns of {@code W_gate}
   * @param down per layer, the norm of each of the I columns of {@code W_down}
   */
  public ColumnNorms(float[][] up, float[][] gate, float[][] down) {
    this.up = up;
    this.gate = gate;
    this.down = down;
  }

  public int layers() {
    return up.length;
  }

  /** H norms of a layer's {@code W_up}. */
  public float[] up(int layer) {
    return up[layer];
  }

  /** H norms of a layer's {@code W_gate}. */
  public float[] gate(int layer) {
    return gate[layer];
  }

  /** I norms of a layer's {@code W_down}. */
  public float[] down(int layer) {
    return down[layer];
  }
}
