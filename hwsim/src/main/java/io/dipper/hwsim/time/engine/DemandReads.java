package io.dipper.hwsim.time.engine;

import org.jspecify.annotations.Nullable;

/** What a step fetches when it has selected, and waits for: one read at a time. */
final class DemandReads {
  private final StepFetches fetches;
  private final Read read;

  DemandReads(StepFetches fetches) {
    this.fetches = fetches;
    this.read = new Read(TransferKind.FLASH_DEMAND, fetches.fetch());
  }

  /**
   * The read of a step; null where it fetches nothing.
   *
   * @param guess what is read for it anyhow; null for nothing
   */
  @Nullable Read of(int row, int step, @Nullable Read guess) {
    boolean any =
        guess == null
            ? fetches.load(read.fetch, row, step)
            : fetches.loadBeside(guess.fetch, read.fetch, row, step);
    read.step = step;
    return any ? read : null;
  }
}
