package io.dipper.hwsim.execute.team;

/**
 * Arrays of threads that work side by side, each with arrays of its own: they end in room that
 * nobody uses, so that what one thread writes lies in no line of a processor's cache with what
 * another reads. A line that is shared goes back and forth between cores, which makes a product
 * several times slower, by where its arrays happen to lie.
 */
public final class PaddedArrays {
  /** Two lines of 64 bytes, since processors fetch them in pairs. */
  private static final int BYTES = 128;

  private PaddedArrays() {}

  /** Numbers that one thread writes: so many, and some more that stay 0. */
  public static float[] floats(int count) {
    return new float[count + BYTES / Float.BYTES];
  }

  /** The arrays of one thread: places for so many, and some more that stay empty. */
  public static float[][] arrays(int count) {
    return new float[count + BYTES / Float.BYTES][];
  }

  /** An array of numbers for each of some threads. */
  public static float[][] floats(int threads, int count) {
    float[][] all = arrays(threads);
    for (int thread = 0; thread < threads; thread++) {
      all[thread] = floats(count);
    }
    return all;
  }
}
