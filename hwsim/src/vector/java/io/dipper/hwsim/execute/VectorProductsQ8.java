package io.dipper.hwsim.execute;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with Q8_0 weights on the Vector API, eight weights at a time. */
final class VectorProductsQ8 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
  private static final Blocks BLOCKS = Blocks.Q8_0;
  private static final int SCALE = Short.BYTES;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0, place = at; w < weights; w += BLOCKS.weights(), place += BLOCKS.bytes()) {
      FloatVector block = numbers(stored, place).mul(activations(activations, w));
      block = block.add(numbers(stored, place + 8).mul(activations(activations, w + 8)));
      block = block.add(numbers(stored, place + 16).mul(activations(activations, w + 16)));
      block = block.add(numbers(stored, place + 24).mul(activations(activations, w + 24)));
      lanes = lanes.add(block.mul(BLOCKS.scale(stored, place)));
    }
    float[] sums = new float[LANES];
    lanes.intoArray(sums, 0);
    return Products.total(sums);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0, place = at; w < weights; w += BLOCKS.weights(), place += BLOCKS.bytes()) {
      float scale = BLOCKS.scale(stored, place) * activation;
      for (int i = 0; i < BLOCKS.weights(); i += LANES) {
        numbers(stored, place + i).mul(scale).add(activations(sums, w + i)).intoArray(sums, w + i);
      }
    }
  }

  private static FloatVector activations(float[] values, int at) {
    return FloatVector.fromArray(FLOATS, values, at);
  }

  private static FloatVector numbers(byte[] stored, int at) {
    return (FloatVector) ByteVector.fromArray(BYTES, stored, at + SCALE).castShape(FLOATS, 0);
  }
}
