package io.dipper.hwsim.execute;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A step that the model itself takes. */
final class ModelStep extends StepRun {
  private final Runnable work;

  ModelStep(Runnable work) {
    this.work = work;
  }

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

  @Override
  void done() {
    work.run();
  }
}
