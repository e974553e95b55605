package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.demand.Count;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is fetched before a mask is known: one guess for each group of the next layer, made as soon
 * as this layer has selected, and kept in a staging buffer until that layer's step has used it. A
 * guess for which the buffer has no room waits, in turn, until another is used.
 */
final class Guesses {
  private static final double ROUNDING = 1e-9;

  private enum State {
    NONE,
    OFFERED,
    BEGUN
  }

  /** The guess of one group in one layer; its object serves every other layer in turn. */
  static final class Guess {
    final Fetch fetch;
    private State state = State.NONE;
    private int row;
    private int step;

    Guess(Fetch fetch) {
      this.fetch = fetch;
    }

    int row() {
      return row;
    }

    int step() {
      return step;
    }
  }

  private final TokenPlan plan;
  private final Step[] steps;
  private final UnitCounts counts;
  private final double stagingBytes;
  private final Guess[] slots;
  private final ArrayDeque<Guess> offered = new ArrayDeque<>();
  private double stagedBytes;
  private double mostStagedBytes;

  Guesses(TokenPlan plan, UnitCounts counts, Supplier<Fetch> fetches, double stagingBytes) {
    this.plan = plan;
    this.steps = plan.steps();
    this.counts = counts;
    this.stagingBytes = stagingBytes;
    this.slots = new Guess[2 * plan.layerSize()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Guess(fetches.get());
    }
  }

  /** A step has selected: the same step of the next layer can be guessed. */
  void offer(int row, int step) {
    int next = step + plan.layerSize();
    if (next >= steps.length - 1 || steps[next].isKnownAhead()) {
      return;
    }
    int group = steps[next].units().group();
    int layer = plan.layer(next);
    int units = counts.count(Count.GUESSED, group, layer, row);
    Guess guess = slot(next);
    if (guess.fetch.load(
        steps[next], units, counts.count(Count.GUESSED_RUNS, group, layer, row), 0)) {
      guess.row = row;
      guess.step = next;
      guess.state = State.OFFERED;
      offered.add(guess);
    }
  }

  /**
   * Begins the guess that has waited longest; null where none waits, or there is no room for it.
   */
  @Nullable Guess begin() {
    Guess guess = offered.peek();
    if (guess == null || stagedBytes + guess.fetch.bytes > stagingBytes * (1 + ROUNDING)) {
      return null;
    }
    offered.remove();
    guess.state = State.BEGUN;
    stagedBytes += guess.fetch.bytes;
    mostStagedBytes = Math.max(mostStagedBytes, stagedBytes);
    return guess;
  }

  /** What was begun for a step whose mask is known now; a guess that only waits is dropped. */
  @Nullable Guess settle(int step) {
    Guess guess = slot(step);
    if (guess.state == State.OFFERED) {
      offered.remove(guess);
      guess.state = State.NONE;
    }
    return guess.state == State.NONE ? null : guess;
  }

  /** The step is over: what was staged for it is used or thrown away. Returns whether it was. */
  boolean consumed(int step) {
    Guess guess = slot(step);
    if (guess.state != State.BEGUN || guess.step != step) {
      return false;
    }
    guess.state = State.NONE;
    stagedBytes = Math.max(0, stagedBytes - guess.fetch.bytes);
    return true;
  }

  /** The most bytes that were ever staged at once. */
  double mostStagedBytes() {
    return mostStagedBytes;
  }

  /** Two layers take turns: a guess is used before the layer after the next is guessed. */
  private Guess slot(int step) {
    return slots[step % slots.length];
  }
}
