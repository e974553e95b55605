package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.FetchTiming;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.device.MeasuredRange;
import io.dipper.hwsim.time.schedule.Misses;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;

/** Prices what the steps of a schedule fetch: by units past the page cache, or through it. */
final class StepFetches {
  private final Step[] steps;
  private final Misses misses;
  private final FetchTiming flash;
  private final MeasuredRange range;
  private final Paging paging;

  StepFetches(Schedule schedule, Devices devices) {
    this.steps = schedule.plan().steps();
    this.misses = new Misses(schedule);
    this.flash = devices.flashTiming();
    this.range = devices.measured();
    this.paging = devices.paging();
  }

  /** How long fetches take. */
  FlashTiming timing() {
    return flash;
  }

  /** A fetch to fill in. */
  Fetch fetch() {
    return new Fetch(flash, range);
  }

  /** Fills in all that a step fetches; false where that is nothing. */
  boolean load(Fetch fetch, int row, int step) {
    if (steps[step].units().arrival().byFaults()) {
      int ahead = misses.aheadReads(row, step);
      return fetch.loadPages(paging, misses.faults(row, step), ahead, misses.pages(row, step));
    }
    if (steps[step].faults()) {
      return fetch.loadPages(
          paging,
          whole(steps[step].faultedBytes() / paging.windowBytes()),
          0,
          whole(steps[step].faultedBytes() / paging.pageBytes()));
    }
    if (steps[step].units().arrival().inPages()) {
      return fetch.loadReads(steps[step].units(), misses.reads(row, step), misses.pages(row, step));
    }
    misses.load(row, step);
    fetch.ofBlocks(misses.blockUnits(row, step), misses.blockRuns(row, step));
    return fetch.load(steps[step], misses.units(), misses.runs(), misses.overread());
  }

  /** What using the pages that are there costs the host in a step. */
  double hitSeconds(int row, int step) {
    return steps[step].units().arrival().byFaults()
        ? paging.hitsSeconds(misses.pageHits(row, step))
        : 0;
  }

  /** Fills in what a step fetches beside its guess; returns how many units that are. */
  int loadBeside(Fetch guess, Fetch fetch, int row, int step) {
    misses.loadBesideGuess(row, step, guess.isWhole());
    boolean any = fetch.load(steps[step], misses.units(), misses.runs(), misses.overread());
    return any ? misses.units() : 0;
  }

  /** Fills in what is guessed for a step; returns how many units that are. */
  int loadGuess(Fetch fetch, int row, int step) {
    misses.loadGuess(row, step);
    boolean any = fetch.load(steps[step], misses.units(), misses.runs(), misses.overread());
    return any ? misses.units() : 0;
  }

  /**
   * The bytes that a step lacks: of pages those that are read, for a unit may lack one of the
   * several that it lies in.
   *
   * @param missed units
   */
  double missedBytes(int row, int step, int missed) {
    return steps[step].units().arrival().byFaults()
        ? misses.pages(row, step) * paging.pageBytes()
        : missed * steps[step].units().bytes() + steps[step].faultedBytes();
  }

  private static int whole(double number) {
    return (int) Math.ceil(number);
  }
}
