package io.dipper.hwsim.machine;

import io.dipper.parallel.TaskPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How fast threads read memory that no processor cache holds, as a matrix-vector product reads its
 * weights: each thread adds up an array of its own, once through and again.
 */
final class MemoryReads implements AutoCloseable {
  private final int[][] arrays;
  private final TaskPool threads;
  private volatile int sink;

  /**
   * @param threads that read, at most
   * @param bytes of each thread's array; all of them together are to exceed the largest cache
   */
  MemoryReads(int threads, int bytes) {
    this.arrays = new int[threads][bytes / Integer.BYTES];
    for (int[] array : arrays) {
      for (int i = 0; i < array.length; i++) {
        array[i] = i;
      }
    }
    this.threads = new TaskPool(threads);
  }

  /** Bytes per second of some threads at once. */
  double bandwidth(int readers, double seconds) {
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    List<Supplier<Long>> tasks = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      int[] own = arrays[reader];
      tasks.add(() -> passes(own, stop));
    }
    List<Long> passes = new ArrayList<>();
    threads.run(tasks, passes::add);
    double bytes = passes.stream().mapToLong(Long::longValue).sum() * (double) own(arrays[0]);
    return bytes / ((System.nanoTime() - begin) / 1e9);
  }

  private static long own(int[] array) {
    return (long) array.length * Integer.BYTES;
  }

  private long passes(int[] array, long stop) {
    long passes = 0;
    while (System.nanoTime() < stop) {
      sink = sum(array);
      passes++;
    }
    return passes;
  }

  private static int sum(int[] array) {
    int sum = 0;
    for (int value : array) {
      sum += value;
    }
    return sum;
  }

  @Override
  public void close() {
    threads.close();
  }
}
