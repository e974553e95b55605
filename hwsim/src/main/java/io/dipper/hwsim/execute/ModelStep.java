package io.dipper.hwsim.execute;

/** A step that the model itself takes. */
final class ModelStep extends StepRun {
  private final Runnable work;

  ModelStep(Runnable work) {
    this.work = work;
  }

  @Override
  void done() {
    work.run();
  }
}
