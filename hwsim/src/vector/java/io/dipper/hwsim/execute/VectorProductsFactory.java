package io.dipper.hwsim.execute;

import io.dipper.weight.WeightType;
import jdk.incubator.vector.FloatVector;

/**
 * Makes products on the Vector API. Each type has a class of its own, without a choice within a
 * product: where two branches meet, the compiler makes an object of each vector, which takes three
 * times as long.
 */
public final class VectorProductsFactory implements Products.Factory {
  @Override
  public Products of(WeightType type) {
    return switch (type) {
      case Q8_0 -> new VectorProductsQ8();
      case Q4_0 -> new VectorProductsQ40();
      case Q4_1 -> new VectorProductsQ41();
      case F16 -> new VectorProductsF16();
      case F32 -> new VectorProductsF32();
      default -> throw new IllegalArgumentException(type.label());
    };
  }

  /** Adds lanes up as {@link Products#total} does, without an array. */
  static float total(FloatVector lanes) {
    return (lanes.lane(0) + lanes.lane(4) + (lanes.lane(2) + lanes.lane(6)))
        + (lanes.lane(1) + lanes.lane(5) + (lanes.lane(3) + lanes.lane(7)));
  }
}
