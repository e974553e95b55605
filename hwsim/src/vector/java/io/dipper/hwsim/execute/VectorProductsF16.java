package io.dipper.hwsim.execute;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products with fp16 weights on the Vector API, eight weights at a time. */
final class VectorProductsF16 implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;

  /** Bits of fp16 moved to where float32 has them lack this factor. */
  private static final float REBIAS = 0x1p112f;

  @Override
  public float dot(byte[] stored, int at, float[] activations, int weights) {
    FloatVector lanes = FloatVector.zero(FLOATS);
    for (int w = 0; w < weights; w += LANES) {
      FloatVector values = FloatVector.fromArray(FLOATS, activations, w);
      lanes = lanes.add(numbers(stored, at + Short.BYTES * w).mul(values));
    }
    return VectorProductsFactory.total(lanes);
  }

  @Override
  public void add(byte[] stored, int at, float activation, float[] sums, int weights) {
    for (int w = 0; w < weights; w += LANES) {
      FloatVector before = FloatVector.fromArray(FLOATS, sums, w);
      FloatVector numbers = numbers(stored, at + Short.BYTES * w);
      before.add(numbers.mul(activation)).intoArray(sums, w);
    }
  }

  private static FloatVector numbers(byte[] stored, int at) {
    IntVector bits =
        (IntVector)
            ByteVector.fromArray(ByteVector.SPECIES_128, stored, at)
                .reinterpretAsShorts()
                .castShape(INTS, 0);
    FloatVector size =
        bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13).reinterpretAsFloats().mul(REBIAS);
    IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
    return size.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }
}
