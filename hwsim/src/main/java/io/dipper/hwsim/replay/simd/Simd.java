package io.dipper.hwsim.replay.simd;

import java.util.function.Supplier;

/**
 * The choice between a scalar loop and its twin on the Vector API, an incubating module of the JDK.
 * Twins give the same results, bit for bit, so nothing but time depends on the choice: vector loops
 * are made once the JVM's compiler has worked on them for some seconds, which a short run never
 * earns back. So they are chosen where the JVM was started with {@code --add-modules
 * jdk.incubator.vector}, and where enough work is expected. The system property {@code
 * dipper.simd=false} forces the scalar loops.
 */
public final class Simd {
  /** The first JDK whose masks live in registers; before it the scalar loops are faster. */
  private static final int LEAST_JDK = 21;

  /** Recorded values, each counted once per point, below which the compiler costs more. */
  private static final long LEAST_VALUES = 400_000_000;

  private static volatile long expected;

  private Simd() {}

  /** Decided on the first use, and kept. */
  private static final class Choice {
    static final boolean VECTOR =
        Runtime.version().feature() >= LEAST_JDK
            && !System.getProperty("dipper.simd", "").equals("false")
            && (VectorModule.isResolved() || (expected >= LEAST_VALUES && VectorModule.load()))
            && isWide();
  }

  /**
   * Says how much work is coming; without effect after the first loop was chosen.
   *
   * @param values recorded values that will be looked at, each counted once per point
   */
  public static void expect(long values) {
    expected = Math.max(expected, values);
  }

  /** Whether loops run on the Vector API in this JVM. */
  public static boolean available() {
    return Choice.VECTOR;
  }

  /**
   * The vector twin where it can run, else the scalar loop.
   *
   * @param vectorClass the name of a class with a constructor without parameters; named, because it
   *     can be loaded only where the module is
   */
  public static <T> T choose(Class<T> type, String vectorClass, Supplier<? extends T> scalar) {
    return available() ? type.cast(make(vectorClass)) : scalar.get();
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
