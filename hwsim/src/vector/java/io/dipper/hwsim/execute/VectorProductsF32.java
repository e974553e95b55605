package io.dipper.hwsim.execute;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with float32 weights on the Vector API, eight weights at a time. */
final class VectorProductsF32 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0; w < weights; w += LANES) {
      FloatVector values = FloatVector.fromArray(FLOATS, activations, w);
      lanes = lanes.add(numbers(stored, at + Float.BYTES * w).mul(values));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0; w < weights; w += LANES) {
      FloatVector before = FloatVector.fromArray(FLOATS, sums, w);
      FloatVector numbers = numbers(stored, at + Float.BYTES * w);
      before.add(numbers.mul(activation)).intoArray(sums, w);
    }
  }

  private static FloatVector numbers(byte[] stored, int at) {
    return ByteVector.fromArray(ByteVector.SPECIES_256, stored, at).reinterpretAsFloats();
  }
}
