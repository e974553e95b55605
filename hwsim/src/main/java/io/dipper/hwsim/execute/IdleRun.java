package io.dipper.hwsim.execute;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A step in which nothing is done: that of the experts in a layer that has none. */
final class IdleRun extends StepRun {
  @Override
  @Nullable Batch fetch(int row) {
    return null;
  }

  @Override
  List<IntConsumer> cached() {
    return List.of();
  }

  @Override
  IntConsumer fetched() {
    return NOTHING;
  }
}
