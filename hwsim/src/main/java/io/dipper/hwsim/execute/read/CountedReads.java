package io.dipper.hwsim.execute.read;

import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;

/** Counts what a run, simulated or executed, finds and reads, as it happens. */
public final class CountedReads implements EngineListener {
  private long hits;
  private long misses;
  private double requests;
  private double bytes;

  @Override
  public void spent(Stretch stretch) {}

  @Override
  public void demanded(StepDemand demand) {
    hits += demand.hits();
    misses += demand.selected() - demand.hits();
    requests += demand.requests();
    bytes += demand.flashBytes();
  }

  /** What was counted until now. */
  public ReadCounts counts() {
    return new ReadCounts(hits, misses, Math.round(requests), Math.round(bytes));
  }
}
