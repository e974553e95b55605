package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.engine.StepReads;
import java.util.List;

/** Whether the units that a mask misses are read run by run, or with all others of their group. */
interface ReadChoice {
  /**
   * Chooses for a token.
   *
   * @param runs the pages of each run that is missed, at least one
   * @return in how many reads the whole group is read; 0 where its runs are
   */
  int wholeReads(int row, List<Stretch> runs);

  /** What the simulation chose for a step, of the same masks. */
  static ReadChoice simulated(StepReads reads, int step) {
    return (row, runs) -> {
      reads.load(row, step);
      return reads.isWhole() ? (int) reads.requests() : 0;
    };
  }

  /** What is sooner on a device by itself, as the simulation chooses too. */
  static ReadChoice sooner(FlashTiming flash, GroupStore store) {
    double whole = store.bytes();
    int reads = (int) Math.max(store.stretches(), flash.streamRequests(whole));
    double seconds = flash.streamSeconds(whole, reads, false);
    return (row, runs) -> {
      double bytes = runs.stream().mapToLong(Stretch::size).sum();
      double inRuns = flash.requestsSeconds(runs.size(), bytes / runs.size(), whole);
      return seconds < inRuns ? reads : 0;
    };
  }
}
