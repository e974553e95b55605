package io.dipper.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyTaskIsRun_andAPoolIsUsedAgain(int threads) {
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    List<Runnable> tasks =
        IntStream.range(0, 100).<Runnable>mapToObj(i -> () -> done.add(i)).toList();
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(tasks.subList(0, 40));
      assertThat(done).hasSize(40);
      pool.run(tasks.subList(40, 100));
    }
    assertThat(done).hasSize(100);
  }

  @Test
  void results_areTakenByTheCallersThread_asTheyCome() {
    CountDownLatch secondWasTaken = new CountDownLatch(1);
    List<Integer> taken = new ArrayList<>();
    Thread caller = Thread.currentThread();
    List<Supplier<Integer>> tasks = List.of(() -> after(secondWasTaken, 1), () -> 2);
    try (TaskPool pool = new TaskPool(2)) {
      pool.run(
          tasks,
          result -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            taken.add(result);
            secondWasTaken.countDown();
          });
    }
    assertThat(taken).containsExactly(2, 1);
  }

  @Test
  void whatATaskThrows_comesOutAsItself() {
    Throwable[] failures = {
      new IllegalArgumentException("odd"), new OutOfMemoryError("Java heap space")
    };
    for (Throwable failure : failures) {
      Runnable plain = () -> thrown(failure);
      Supplier<Integer> task = () -> thrown(failure);
      try (TaskPool pool = new TaskPool(2)) {
        assertThatThrownBy(() -> pool.run(List.of(plain))).isSameAs(failure);
        assertThatThrownBy(() -> pool.run(List.of(task), result -> {})).isSameAs(failure);
      }
    }
  }

  @Test
  void anInterruption_cancelsTheWait_andStays() {
    CountDownLatch never = new CountDownLatch(1);
    Runnable plain = () -> after(never, 1);
    Supplier<Integer> task = () -> after(never, 1);
    try (TaskPool pool = new TaskPool(1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.run(List.of(plain))).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.run(List.of(task), result -> {}))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static int after(CountDownLatch latch, int result) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return result;
  }

  private static int thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
