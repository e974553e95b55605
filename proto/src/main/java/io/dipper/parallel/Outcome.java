package io.dipper.parallel;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What became of a task on another thread. */
public final class Outcome {
  private Outcome() {}

  /**
   * Waits for a task.
   *
   * @return its result
   * @throws CancellationException if this thread is interrupted while it waits; it stays
   *     interrupted
   */
  public static <T extends @Nullable Object> T of(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw rethrown(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Waits for a task, interrupted or not; an interrupted thread stays so. */
  private static void ofUninterrupted(Future<?> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for all tasks, interrupted or not, also where one has failed; then throws what the first
   * of the failed ones threw.
   */
  public static void ofAllUninterrupted(List<? extends Future<?>> tasks) {
    Throwable failure = null;
    for (Future<?> task : tasks) {
      try {
        ofUninterrupted(task);
      } catch (RuntimeException | Error e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /**
   * What a task threw: an error, running out of memory among them, and an unchecked exception as
   * themselves.
   */
  static RuntimeException rethrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted");
  }
}
