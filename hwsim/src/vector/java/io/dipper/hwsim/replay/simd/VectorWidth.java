package io.dipper.hwsim.replay.simd;

import java.util.function.Supplier;
import jdk.incubator.vector.VectorShape;

/** The width in bits of the vectors that this processor works on best. */
public final class VectorWidth implements Supplier<Integer> {
  @Override
  public Integer get() {
    return VectorShape.preferredShape().vectorBitSize();
  }
}
