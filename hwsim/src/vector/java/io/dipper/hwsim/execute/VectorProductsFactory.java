package io.dipper.hwsim.execute;

import io.dipper.weight.WeightType;

/** Makes products on the Vector API. */
public final class VectorProductsFactory implements Products.Factory {
  @Override
  public Products of(WeightType type) {
    return switch (type) {
      case Q8_0 -> new VectorProductsQ8();
      case Q4_0 -> new VectorProductsQ4(false);
      case Q4_1 -> new VectorProductsQ4(true);
      case F16 -> new VectorProductsFloat(true);
      case F32 -> new VectorProductsFloat(false);
      default -> throw new IllegalArgumentException(type.label());
    };
  }
}
