package io.dipper.hwsim.replay.simd;

import java.util.function.Supplier;

/**
 * The choice between a scalar loop and its twin on the Vector API, which is an incubating module
 * that has to be asked for ({@code --add-modules jdk.incubator.vector}). Twins give the same
 * results, bit for bit, so nothing but time depends on the choice. The system property {@code
 * dipper.simd=false} forces the scalar loops.
 */
public final class Simd {
  /** The first JDK whose masks live in registers; before it the scalar loops are faster. */
  private static final int LEAST_JDK = 21;

  private static final boolean AVAILABLE =
      Runtime.version().feature() >= LEAST_JDK
          && !System.getProperty("dipper.simd", "").equals("false")
          && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          && isWide();

  private Simd() {}

  /** Whether loops run on the Vector API in this JVM. */
  public static boolean available() {
    return AVAILABLE;
  }

  /**
   * The vector twin where it can run, else the scalar loop.
   *
   * @param vectorClass the name of a class with a constructor without parameters; named, because it
   *     can be loaded only where the module is
   */
  public static <T> T choose(Class<T> type, String vectorClass, Supplier<? extends T> scalar) {
    return AVAILABLE ? type.cast(make(vectorClass)) : scalar.get();
  }

  /** Vectors of 128 bits gain too little on loops that count. */
  private static boolean isWide() {
    return make("io.dipper.hwsim.replay.simd.VectorWidth") instanceof Supplier<?> bits
        && bits.get() instanceof Integer width
        && width >= 256;
  }

  private static Object make(String name) {
    try {
      return Class.forName(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
