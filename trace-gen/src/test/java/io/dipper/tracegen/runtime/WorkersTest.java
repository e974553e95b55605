package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void run_doesEveryTaskOnceAndNumbersWorkersBelowTheThreads(int threads) {
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    AtomicIntegerArray byWorker = new AtomicIntegerArray(threads);
    try (Workers workers = new Workers(threads)) {
      workers.run(
          done.length(),
          (task, worker) -> {
            done.incrementAndGet(task);
            byWorker.incrementAndGet(worker);
          });
    }
    for (int i = 0; i < done.length(); i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void run_throwsWhatATaskThrewAndCanBeUsedAgain(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      50,
                      (task, worker) -> {
                        if (task % 2 == 1) {
                          throw new IllegalArgumentException("odd");
                        }
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("odd");

      AtomicIntegerArray rows = new AtomicIntegerArray(100);
      workers.overRows(
          100,
          (first, end) -> {
            for (int r = first; r < end; r++) {
              rows.incrementAndGet(r);
            }
          });
      for (int r = 0; r < 100; r++) {
        assertThat(rows.get(r)).isEqualTo(1);
      }
    }
  }

  @Test
  void run_throwsAnErrorAsItself() {
    OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> failed = new CompletableFuture<>();
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      2,
                      (task, worker) -> {
                        if (Thread.currentThread() != caller) {
                          failed.complete(null);
                          throw failure;
                        }
                        failed.join();
                      }))
          .isSameAs(failure);
    }
  }
}
