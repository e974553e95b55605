package io.dipper.hwsim.execute.product;

import static io.dipper.hwsim.execute.product.VectorProductsFactory.FLOATS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/** Products with float32 weights on the Vector API, eight weights at a time. */
final class VectorProductsF32 implements Products {
  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0; w < weights; w += LANES) {
      FloatVector numbers =
          ByteVector.fromArray(ByteVector.SPECIES_256, stored, at + Float.BYTES * w)
              .reinterpretAsFloats();
      lanes = lanes.add(numbers.mul(FloatVector.fromArray(FLOATS, activations, w)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0; w < weights; w += LANES) {
      FloatVector numbers =
          ByteVector.fromArray(ByteVector.SPECIES_256, stored, at + Float.BYTES * w)
              .reinterpretAsFloats();
      FloatVector before = FloatVector.fromArray(FLOATS, sums, w);
      before.add(numbers.mul(activation)).intoArray(sums, w);
    }
  }
}
