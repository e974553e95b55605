package io.dipper.hwsim.execute;

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
    float[] block = new float[LANES];
    float[] sums = new float[LANES];
    for (int w = 0, place = at; w < weights; w += blocks.weights(), place += blocks.bytes()) {
      Arrays.fill(block, 0);
      Arrays.fill(sums, 0);
      for (int i = 0; i < blocks.weights(); i++) {
        float activation = activations[w + i];
        block[i % LANES] += blocks.number(stored, place, i) * activation;
        sums[i % LANES] += activation;
      }
      float scale = blocks.scale(stored, place);
      float offset = blocks.offset(stored, place);
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += scale * block[lane];
        if (offset != 0) {
          lanes[lane] += offset * sums[lane];
        }
      }
    }
    return Products.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += blocks.weights(), place += blocks.bytes()) {
      float scale = blocks.scale(stored, place) * activation;
      float offset = blocks.offset(stored, place) * activation;
      for (int i = 0; i < blocks.weights(); i++) {
        sums[w + i] += blocks.number(stored, place, i) * scale + offset;
      }
    }
  }
}
