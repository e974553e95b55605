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
   * @param parts in which all that the step misses is waited for
   * @param guess what is read for it anyhow; null for nothing
   */
  @Nullable Read of(int row, int step, int parts, @Nullable Read guess) {
    read.step = step;
    if (guess == null) {
      read.parts = parts;
      return fetches.load(read.fetch, row, step) ? read : null;
    }
    int units = fetches.loadBeside(guess.fetch, read.fetch, row, step);
    read.parts = read.fetch.isUnitByUnit() ? units : parts;
    return units > 0 ? read : null;
  }
}
