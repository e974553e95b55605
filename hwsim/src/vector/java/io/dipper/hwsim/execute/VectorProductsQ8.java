package io.dipper.hwsim.execute;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with Q8_0 weights on the Vector API, eight weights at a time. */
final class VectorProductsQ8 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;

  /** Weights of a block, and its bytes: their scale before them. */
  private static final int WEIGHTS = 32;

  private static final int BLOCK_BYTES = Short.BYTES + WEIGHTS;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      FloatVector block = numbers(stored, place, 0).mul(values(activations, w));
      block = block.add(numbers(stored, place, 8).mul(values(activations, w + 8)));
      block = block.add(numbers(stored, place, 16).mul(values(activations, w + 16)));
      block = block.add(numbers(stored, place, 24).mul(values(activations, w + 24)));
      lanes = lanes.add(block.mul(Blocks.half(stored, place)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += WEIGHTS, place += BLOCK_BYTES) {
      float scale = Blocks.half(stored, place) * activation;
      add(numbers(stored, place, 0), scale, sums, w);
      add(numbers(stored, place, 8), scale, sums, w + 8);
      add(numbers(stored, place, 16), scale, sums, w + 16);
      add(numbers(stored, place, 24), scale, sums, w + 24);
    }
  }

  private static void add(FloatVector numbers, float scale, float[] sums, int at) {
    values(sums, at).add(numbers.mul(scale)).intoArray(sums, at);
  }

  private static FloatVector values(float[] values, int at) {
    return FloatVector.fromArray(FLOATS, values, at);
  }

  private static FloatVector numbers(byte[] stored, int block, int from) {
    ByteVector bytes = ByteVector.fromArray(BYTES, stored, block + Short.BYTES + from);
    return (FloatVector) ((IntVector) bytes.castShape(INTS, 0)).castShape(FLOATS, 0);
  }
}
