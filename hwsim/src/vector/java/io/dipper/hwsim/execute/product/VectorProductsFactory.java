package io.dipper.hwsim.execute.product;

import io.dipper.weight.WeightType;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Makes products on the Vector API.
 *
 * <p>Each type has a class of its own, whose loops call nothing but the Vector API and numbers: a
 * vector that passes a branch, or a method that the compiler does not inline because its caller has
 * grown, becomes an object, which takes three times as long. Only whole vectors are converted, and
 * bytes by way of ints: anything else is slow.
 */
public final class VectorProductsFactory implements Products.Factory {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;

  /** As many bytes as the others have numbers. */
  static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;

  /** The sum of all lanes, added up as {@link Products} has it. */
  static float total(FloatVector lanes) {
    float even = lanes.lane(0) + lanes.lane(4) + (lanes.lane(2) + lanes.lane(6));
    float odd = lanes.lane(1) + lanes.lane(5) + (lanes.lane(3) + lanes.lane(7));
    return even + odd;
  }

  @Override
  public Products of(WeightType type) {
    return switch (type) {
      case Q8_0 -> new VectorProductsQ8();
      case Q4_0 -> new VectorProductsQ40();
      case Q4_1 -> new VectorProductsQ41();
      case Q4_K -> new VectorProductsQ4K();
      case Q6_K -> new VectorProductsQ6K();
      case F16 -> new VectorProductsF16();
      case F32 -> new VectorProductsF32();
      default -> throw new IllegalArgumentException(type.label());
    };
  }
}
