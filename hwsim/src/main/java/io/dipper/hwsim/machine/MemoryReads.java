package io.dipper.hwsim.machine;

import io.dipper.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How fast threads read memory that no processor cache holds, as a matrix-vector product reads its
 * weights: each thread adds up an array of its own, once through and again.
 */
final class MemoryReads implements AutoCloseable {
  private final int[][] arrays;
  private final ExecutorService threads;
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
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** Bytes per second of some threads at once. */
  double bandwidth(int readers, double seconds) {
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      int[] own = arrays[reader];
      tasks.add(() -> passes(own, stop));
    }
    try {
      long bytes = 0;
      for (Future<Long> one : threads.invokeAll(tasks)) {
        bytes += one.get() * own(arrays[0]);
      }
      return bytes / ((System.nanoTime() - begin) / 1e9);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted");
    }
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
    threads.shutdownNow();
  }
}
