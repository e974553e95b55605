package io.dipper.hwsim.execute.product;

import java.util.Arrays;

/** Products by plain loops, and the oracle of those on the Vector API. */
final class ScalarProducts implements Products {
  private final Blocks blocks;

  ScalarProducts(Blocks blocks) {
    this.blocks = blocks;
  }

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    float[] lanes = new float[LANES];
    float[] group = new float[LANES];
    float[] sums = new float[LANES];
    for (int w = 0; w < weights; w += blocks.group()) {
      int place = place(at, w);
      int first = w % blocks.weights();
      Arrays.fill(group, 0);
      Arrays.fill(sums, 0);
      for (int i = 0; i < blocks.group(); i++) {
        float activation = activations[w + i];
        group[i % LANES] += blocks.number(stored, place, first + i) * activation;
        sums[i % LANES] += activation;
      }
      float scale = blocks.scale(stored, place, first);
      float offset = blocks.offset(stored, place, first);
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += scale * group[lane];
        if (offset != 0) {
          lanes[lane] += offset * sums[lane];
        }
      }
    }
    return Products.total(lanes);
  }

  /** Where the block of a weight begins. */
  private int place(int at, int weight) {
    return at + weight / blocks.weights() * blocks.bytes();
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0; w < weights; w += blocks.group()) {
      int place = place(at, w);
      int first = w % blocks.weights();
      float scale = blocks.scale(stored, place, first) * activation;
      float offset = blocks.offset(stored, place, first) * activation;
      for (int i = 0; i < blocks.group(); i++) {
        sums[w + i] += blocks.number(stored, place, first + i) * scale + offset;
      }
    }
  }
}
