package io.dipper.tracegen.runtime;

import io.dipper.parallel.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of threads, the caller's included, that share numbered tasks. How work is cut into
 * tasks never depends on the number of threads, so neither do results. For one caller at a time.
 */
public final class Workers implements AutoCloseable {
  private static final int ROWS_PER_TASK = 16;

  private final int threads;
  private final ExecutorService helpers;

  public Workers(int threads) {
    this.threads = threads;
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "dipper-runtime");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** One numbered piece of work. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does it.
     *
     * @param task its number
     * @param worker which of the threads does it, from 0: an index to that thread's own buffers
     */
    void run(int task, int worker);
  }

  /** Work on some rows of a block. */
  @FunctionalInterface
  public interface Rows {
    void run(int first, int end);
  }

  public int threads() {
    return threads;
  }

  /** Runs tasks 0 to {@code tasks - 1}, in any order, and returns when all are done. */
  public void run(int tasks, Task task) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int w = 1; w < Math.min(threads, tasks); w++) {
      int worker = w;
      running.add(helpers.submit(() -> take(next, tasks, task, worker)));
    }
    try {
      take(next, tasks, task, 0);
    } finally {
      // Nobody may still be writing when the caller goes on, not even after an error.
      next.set(tasks);
      Outcome.ofAllUninterrupted(running);
    }
  }

  /** Runs a piece of work on all rows of a block, a few rows at a time. */
  public void overRows(int rows, Rows work) {
    int tasks = (rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    run(
        tasks,
        (task, worker) -> {
          int first = task * ROWS_PER_TASK;
          work.run(first, Math.min(rows, first + ROWS_PER_TASK));
        });
  }

  private static void take(AtomicInteger next, int tasks, Task task, int worker) {
    for (int t = next.getAndIncrement(); t < tasks; t = next.getAndIncrement()) {
      task.run(t, worker);
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
