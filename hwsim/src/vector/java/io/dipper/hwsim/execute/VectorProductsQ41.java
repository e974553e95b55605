package io.dipper.hwsim.execute;

import static io.dipper.hwsim.execute.Nibbles.WEIGHTS;
import static io.dipper.hwsim.execute.Nibbles.high;
import static io.dipper.hwsim.execute.Nibbles.low;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with Q4_1 weights on the Vector API, a block at a time. */
final class VectorProductsQ41 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private static final int OFFSET_AT = Short.BYTES;
  private static final int NUMBERS_AT = 2 * Short.BYTES;
  private static final int BLOCK_BYTES = NUMBERS_AT + WEIGHTS / 2;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      IntVector first = Nibbles.first(stored, place + NUMBERS_AT);
      IntVector second = Nibbles.second(stored, place + NUMBERS_AT);
      FloatVector a = values(activations, w);
      FloatVector b = values(activations, w + 8);
      FloatVector c = values(activations, w + 16);
      FloatVector d = values(activations, w + 24);
      FloatVector block =
          low(first)
              .mul(a)
              .add(low(second).mul(b))
              .add(high(first).mul(c))
              .add(high(second).mul(d));
      lanes = lanes.add(block.mul(Blocks.half(stored, place)));
      lanes = lanes.add(a.add(b).add(c).add(d).mul(Blocks.half(stored, place + OFFSET_AT)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      float scale = Blocks.half(stored, place) * activation;
      float offset = Blocks.half(stored, place + OFFSET_AT) * activation;
      IntVector first = Nibbles.first(stored, place + NUMBERS_AT);
      IntVector second = Nibbles.second(stored, place + NUMBERS_AT);
      add(low(first), scale, offset, sums, w);
      add(low(second), scale, offset, sums, w + 8);
      add(high(first), scale, offset, sums, w + 16);
      add(high(second), scale, offset, sums, w + 24);
    }
  }

  private static void add(FloatVector numbers, float scale, float offset, float[] sums, int at) {
    values(sums, at).add(numbers.mul(scale).add(offset)).intoArray(sums, at);
  }

  private static FloatVector values(float[] values, int at) {
    return FloatVector.fromArray(FLOATS, values, at);
  }
}
