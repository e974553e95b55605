package io.dipper.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A number of threads for tasks that do not depend on one another. What a task throws comes out of
 * the call that runs it; tasks that wait or run then are abandoned when the pool is closed.
 */
public final class TaskPool implements AutoCloseable {
  private final ExecutorService threads;

  public TaskPool(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** Runs the tasks in any order and returns when all are done. */
  public void run(List<? extends Runnable> tasks) {
    List<Future<?>> running = new ArrayList<>();
    for (Runnable task : tasks) {
      running.add(threads.submit(task));
    }
    running.forEach(Outcome::of);
  }

  /** Runs the tasks in any order; the caller's thread takes each result as soon as it is there. */
  public <T> void run(List<? extends Supplier<T>> tasks, Consumer<? super T> finished) {
    CompletionService<T> running = new ExecutorCompletionService<>(threads);
    for (Supplier<T> task : tasks) {
      running.submit(task::get);
    }
    try {
      for (int left = tasks.size(); left > 0; left--) {
        finished.accept(running.take().get());
      }
    } catch (ExecutionException e) {
      throw Outcome.rethrown(e);
    } catch (InterruptedException e) {
      throw Outcome.interrupted();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
