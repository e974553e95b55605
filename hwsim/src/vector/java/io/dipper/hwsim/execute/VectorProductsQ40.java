package io.dipper.hwsim.execute;

import static io.dipper.hwsim.execute.Nibbles.WEIGHTS;
import static io.dipper.hwsim.execute.Nibbles.high;
import static io.dipper.hwsim.execute.Nibbles.low;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with Q4_0 weights on the Vector API, a block at a time. */
final class VectorProductsQ40 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  /** A weight is its number less this, times the scale. */
  private static final float MIDDLE = 8;

  private static final int NUMBERS_AT = Short.BYTES;
  private static final int BLOCK_BYTES = NUMBERS_AT + WEIGHTS / 2;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      IntVector first = Nibbles.first(stored, place + NUMBERS_AT);
      IntVector second = Nibbles.second(stored, place + NUMBERS_AT);
      FloatVector block = low(first).sub(MIDDLE).mul(values(activations, w));
      block = block.add(low(second).sub(MIDDLE).mul(values(activations, w + 8)));
      block = block.add(high(first).sub(MIDDLE).mul(values(activations, w + 16)));
      block = block.add(high(second).sub(MIDDLE).mul(values(activations, w + 24)));
      lanes = lanes.add(block.mul(Blocks.half(stored, place)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      float scale = Blocks.half(stored, place) * activation;
      IntVector first = Nibbles.first(stored, place + NUMBERS_AT);
      IntVector second = Nibbles.second(stored, place + NUMBERS_AT);
      add(low(first), scale, sums, w);
      add(low(second), scale, sums, w + 8);
      add(high(first), scale, sums, w + 16);
      add(high(second), scale, sums, w + 24);
    }
  }

  private static void add(FloatVector numbers, float scale, float[] sums, int at) {
    values(sums, at).add(numbers.sub(MIDDLE).mul(scale)).intoArray(sums, at);
  }

  private static FloatVector values(float[] values, int at) {
    return FloatVector.fromArray(FLOATS, values, at);
  }
}
