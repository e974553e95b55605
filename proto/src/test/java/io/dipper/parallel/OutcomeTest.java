package io.dipper.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void allTasksAreAwaited_alsoAfterOneThatFailed() {
    AtomicBoolean awaited = new AtomicBoolean();
    CompletableFuture<Object> last =
        new CompletableFuture<>() {
          @Override
          public Object get() {
            awaited.set(true);
            return "done";
          }
        };
    Error first = new OutOfMemoryError("Java heap space");
    assertThatThrownBy(
            () ->
                Outcome.ofAllUninterrupted(
                    List.of(
                        CompletableFuture.failedFuture(first),
                        CompletableFuture.failedFuture(new IllegalStateException("second")),
                        last)))
        .isSameAs(first);
    assertThat(awaited).isTrue();
  }
}
