package io.dipper.hwsim.execute.product;

import static io.dipper.hwsim.execute.product.VectorProductsFactory.FLOATS;
import static io.dipper.hwsim.execute.product.VectorProductsFactory.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products with fp16 weights on the Vector API, eight weights at a time. Their bits are moved to
 * where float32 has them, which leaves a factor to make up for; the sign comes last.
 */
final class VectorProductsF16 implements Products {
  private static final float REBIAS = 0x1p112f;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0; w < weights; w += LANES) {
      IntVector bits =
          (IntVector)
              ByteVector.fromArray(ByteVector.SPECIES_128, stored, at + Short.BYTES * w)
                  .reinterpretAsShorts()
                  .castShape(INTS, 0);
      FloatVector size =
          bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13).reinterpretAsFloats().mul(REBIAS);
      IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
      FloatVector numbers = size.reinterpretAsInts().or(sign).reinterpretAsFloats();
      lanes = lanes.add(numbers.mul(FloatVector.fromArray(FLOATS, activations, w)));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0; w < weights; w += LANES) {
      IntVector bits =
          (IntVector)
              ByteVector.fromArray(ByteVector.SPECIES_128, stored, at + Short.BYTES * w)
                  .reinterpretAsShorts()
                  .castShape(INTS, 0);
      FloatVector size =
          bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13).reinterpretAsFloats().mul(REBIAS);
      IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
      FloatVector numbers = size.reinterpretAsInts().or(sign).reinterpretAsFloats();
      FloatVector before = FloatVector.fromArray(FLOATS, sums, w);
      before.add(numbers.mul(activation)).intoArray(sums, w);
    }
  }
}
