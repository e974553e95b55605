package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is fetched before a mask is known: one guess for each group of the next layer, made as soon
 * as this layer has selected, and kept in a staging buffer until that layer's step has used it. A
 * guess for which the buffer has no room waits, in turn, until another is used.
 */
final class GuessReads implements ReadSource {
  private static final double ROUNDING = 1e-9;

  private final StepFetches fetches;
  private final Step[] steps;
  private final int layerSize;
  private final double stagingBytes;
  private final Read[] slots;
  private final ArrayDeque<Read> offered = new ArrayDeque<>();
  private double stagedBytes;
  private double mostStagedBytes;

  GuessReads(Schedule schedule, StepFetches fetches) {
    this.fetches = fetches;
    this.steps = schedule.plan().steps();
    this.layerSize = schedule.plan().layerSize();
    this.stagingBytes = schedule.ahead().stagingBytes();
    this.slots = new Read[2 * layerSize];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Read(TransferKind.FLASH_GUESS, fetches.fetch());
    }
  }

  /** A pass begins: its first layer can be guessed, where that takes no layer before it. */
  void offerFirst(int row) {
    for (int step = 0; step < layerSize; step++) {
      offerFor(row, step);
    }
  }

  /** A step has selected: the same step of the next layer can be guessed. */
  void offer(int row, int step) {
    offerFor(row, step + layerSize);
  }

  private void offerFor(int row, int next) {
    if (next >= steps.length - 1 || !steps[next].isMasked() || steps[next].isKnownAhead()) {
      return;
    }
    Read guess = slot(next);
    int units = fetches.loadGuess(guess.fetch, row, next);
    if (units > 0) {
      guess.step = next;
      guess.parts = guess.fetch.isUnitByUnit() ? units : 1;
      guess.stagedBytes = guess.fetch.bytes;
      guess.state = Read.State.OFFERED;
      offered.add(guess);
    }
  }

  @Override
  public @Nullable Read next(int row) {
    Read guess = offered.peek();
    if (guess == null || stagedBytes + guess.stagedBytes > stagingBytes * (1 + ROUNDING)) {
      return null;
    }
    stagedBytes += guess.stagedBytes;
    mostStagedBytes = Math.max(mostStagedBytes, stagedBytes);
    return offered.remove();
  }

  /** What was begun for a step whose mask is known now; a guess that only waits is dropped. */
  @Nullable Read settle(int step) {
    Read guess = slot(step);
    if (guess.state == Read.State.OFFERED) {
      offered.remove(guess);
      guess.state = Read.State.NONE;
    }
    return guess.isBegun() ? guess : null;
  }

  /** The step is over: what was staged for it is used or thrown away. Returns whether it was. */
  boolean consumed(int step) {
    Read guess = slot(step);
    if (!guess.isBegun() || guess.step != step) {
      return false;
    }
    guess.state = Read.State.NONE;
    stagedBytes = Math.max(0, stagedBytes - guess.stagedBytes);
    return true;
  }

  /** The most bytes that were ever staged at once. */
  double mostStagedBytes() {
    return mostStagedBytes;
  }

  /** Whether guesses never took more than is set aside for them. */
  boolean stagedWithinBuffer() {
    return mostStagedBytes <= stagingBytes * (1 + ROUNDING);
  }

  /** Two layers take turns: a guess is used before the layer after the next is guessed. */
  private Read slot(int step) {
    return slots[step % slots.length];
  }
}
