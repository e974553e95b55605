package io.dipper.hwsim.machine;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** What a kernel takes beside reading its weights, in seconds, by loops that do just that. */
final class CoreCosts {
  /** Scores among which a mask is chosen, of a model of some billions of weights. */
  private static final int UNITS = 4096;

  /** Floats of the arrays of multiply-adds: both stay in a first-level cache. */
  private static final int RESIDENT = 1024;

  /** Bytes of a gathered column, and of the matrix that it is taken from. */
  private static final int COLUMN = 2048;

  private static final int MATRIX = 1 << 26;
  private static final int CALLS = 64;

  /** The last rounds of a barrier, among which the median is taken. */
  private static final int MOST_ROUNDS = 1 << 14;

  private volatile float sink;

  /** The time of choosing the larger half of some scores, for each score. */
  double selectPerElement(double seconds) {
    SplittableRandom random = new SplittableRandom(2);
    int[] keys = random.ints(UNITS, 0, Integer.MAX_VALUE).toArray();
    TopK selection = new TopK(UNITS);
    UnitSet chosen = new UnitSet(UNITS);
    return perCall(seconds, call -> selection.select(keys, UNITS / 2, chosen)) / UNITS;
  }

  /** Multiply-adds on operands that a core has in its cache, two FLOP each, of one core. */
  double flopsPerCore(double seconds) {
    float[] sums = new float[RESIDENT];
    float[] weights = new float[RESIDENT];
    for (int i = 0; i < RESIDENT; i++) {
      weights[i] = i;
    }
    double each =
        perCall(
            seconds,
            call -> {
              float factor = 1e-9f * call;
              for (int i = 0; i < RESIDENT; i++) {
                sums[i] += factor * weights[i];
              }
            });
    sink = sums[RESIDENT - 1];
    return 2.0 * RESIDENT / each;
  }

  /**
   * What a column of 2 KiB at any place takes longer to read than one that follows the last; at
   * least 0.
   */
  double gatherPerUnit(double seconds) {
    int[] matrix = new int[MATRIX / Integer.BYTES];
    int length = COLUMN / Integer.BYTES;
    int columns = matrix.length / length;
    int[] places = new SplittableRandom(3).ints(columns, 0, columns).toArray();
    int[] at = new int[1];
    double inOrder = perCall(seconds, call -> add(matrix, at[0]++ % columns * length, length));
    double anywhere =
        perCall(seconds, call -> add(matrix, places[at[0]++ % columns] * length, length));
    return Math.max(0, anywhere - inOrder);
  }

  private void add(int[] matrix, int from, int length) {
    int sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += matrix[i];
    }
    sink = sum;
  }

  /**
   * The time of a barrier of some spinning threads that do nothing else: the median round, since
   * one in which a thread lost its core tells of the scheduler.
   */
  static double barrier(int threads, double seconds) {
    AtomicInteger arrived = new AtomicInteger();
    AtomicInteger round = new AtomicInteger();
    Thread[] others = new Thread[threads - 1];
    for (int t = 0; t < others.length; t++) {
      others[t] = new Thread(() -> pass(arrived, round, threads), "barrier");
      others[t].setDaemon(true);
      others[t].start();
    }
    double median = medianRound(arrived, round, threads, seconds);
    round.set(Integer.MIN_VALUE);
    for (Thread other : others) {
      join(other);
    }
    return median;
  }

  private static double medianRound(
      AtomicInteger arrived, AtomicInteger round, int threads, double seconds) {
    long[] rounds = new long[MOST_ROUNDS];
    int count = 0;
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    long now = begin;
    for (int own = 0; now < stop; own++) {
      await(arrived, round, threads, own);
      long next = System.nanoTime();
      rounds[own % MOST_ROUNDS] = next - now;
      count = Math.min(own + 1, MOST_ROUNDS);
      now = next;
    }
    return Arrays.stream(rounds, 0, count).sorted().skip(count / 2).findFirst().orElseThrow() / 1e9;
  }

  private static void pass(AtomicInteger arrived, AtomicInteger round, int threads) {
    for (int own = 0; round.get() >= 0; own++) {
      await(arrived, round, threads, own);
    }
  }

  /** The last to arrive opens the next round; a negative one ends all. */
  private static void await(AtomicInteger arrived, AtomicInteger round, int threads, int own) {
    if (arrived.incrementAndGet() == threads) {
      arrived.set(0);
      round.compareAndSet(own, own + 1);
      return;
    }
    while (round.get() == own) {
      Thread.onSpinWait();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted");
    }
  }

  /** The mean time of a call in the second half of some seconds; the first half warms up. */
  private static double perCall(double seconds, IntConsumer kernel) {
    run(seconds / 2, kernel);
    return run(seconds / 2, kernel);
  }

  private static double run(double seconds, IntConsumer kernel) {
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    long calls = 0;
    long now = begin;
    while (now < stop) {
      for (int i = 0; i < CALLS; i++) {
        kernel.accept(i);
      }
      calls += CALLS;
      now = System.nanoTime();
    }
    return (now - begin) / 1e9 / calls;
  }
}
