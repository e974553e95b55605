package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.demand.Count;

/**
 * What a step of one pass has to fetch, in units or in pages. Reused from step to step.
 *
 * <p>What was guessed right is missed only by a step whose guess was not read.
 */
public final class Misses {
  private final TokenPlan plan;
  private final Step[] steps;
  private final UnitCounts counts;
  private int units;
  private int runs;
  private int overread;

  public Misses(Schedule schedule) {
    this.plan = schedule.plan();
    this.steps = plan.steps();
    this.counts = schedule.counts();
  }

  /** Fills in all that a step misses. */
  public void load(int row, int step) {
    units = 0;
    runs = 0;
    overread = 0;
    if (steps[step].isMasked()) {
      missed(row, step);
      int guessed = guessed(row, step);
      if (guessed > 0) {
        int right = count(Count.GUESSED_RIGHT, row, step);
        runs += runsOf(right, guessed, count(Count.GUESSED_RUNS, row, step));
      }
      overread = units == 0 ? 0 : count(Count.OVERREAD, row, step);
    }
  }

  /**
   * Fills in what a step misses beside its guess, which is read.
   *
   * @param whole whether the guess reads every unit
   */
  public void loadBesideGuess(int row, int step, boolean whole) {
    missed(row, step);
    if (guessed(row, step) > 0) {
      units = whole ? 0 : units - count(Count.GUESSED_RIGHT, row, step);
    }
    overread = units == 0 ? 0 : count(Count.OVERREAD, row, step);
  }

  /** Fills in what is guessed for a step. */
  public void loadGuess(int row, int step) {
    units = count(Count.GUESSED, row, step);
    runs = count(Count.GUESSED_RUNS, row, step);
    overread = 0;
  }

  /** Units. */
  public int units() {
    return units;
  }

  /** Runs of adjacent units that they form, gaps that are read over closed. */
  public int runs() {
    return runs;
  }

  /** Units in such gaps. */
  public int overread() {
    return overread;
  }

  /** Units in the blocks of rows that hold what a step misses. */
  public int blockUnits(int row, int step) {
    return steps[step].isMasked() ? count(Count.BLOCK_UNITS, row, step) : 0;
  }

  /** Runs of adjacent units that they form. */
  public int blockRuns(int row, int step) {
    return steps[step].isMasked() ? count(Count.BLOCK_RUNS, row, step) : 0;
  }

  /** The page faults of a step. */
  public int faults(int row, int step) {
    return count(Count.FAULTS, row, step);
  }

  /** The reads that are begun ahead of use beside them. */
  public int aheadReads(int row, int step) {
    return count(Count.AHEAD_READS, row, step);
  }

  /** The uses of pages that are there. */
  public int pageHits(int row, int step) {
    return count(Count.PAGE_HITS, row, step);
  }

  /** The reads of whole pages that fetch what a step misses. */
  public int reads(int row, int step) {
    return count(Count.READS, row, step);
  }

  /** The pages that the faults of a step, or those reads, read. */
  public int pages(int row, int step) {
    return count(Count.PAGES_READ, row, step);
  }

  private void missed(int row, int step) {
    units = count(Count.SELECTED, row, step) - count(Count.HITS, row, step);
    runs = count(Count.MISSED_RUNS, row, step);
  }

  private int guessed(int row, int step) {
    return steps[step].isKnownAhead() ? 0 : count(Count.GUESSED, row, step);
  }

  private int count(Count what, int row, int step) {
    return counts.count(what, steps[step].units().group(), plan.layer(step), row);
  }

  /** The runs of what was right in a guess that was not read: they are as long as the guess's. */
  private static int runsOf(int right, int guessed, int guessedRuns) {
    return (int) Math.ceil((double) right * guessedRuns / guessed);
  }
}
