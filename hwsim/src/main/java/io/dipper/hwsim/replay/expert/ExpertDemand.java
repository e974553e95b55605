package io.dipper.hwsim.replay.expert;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a policy and its caches make of a trace: for every step and layer, which experts were looked
 * up, how many of them were cached, and which had to be read. It does not depend on the device.
 * Layers are counted among those that have experts.
 */
public final class ExpertDemand {
  private final Steps steps;
  private final ExpertUnits units;
  private final int[] lookups;
  private final int[] uses;
  private final int[] dropped;
  private final int[] missedFrom;
  private int[] missed;
  private final double[] droppedWeights;
  private final double[] lostToFewer;
  private final double[] lostToOthers;

  ExpertDemand(Steps steps, ExpertUnits units) {
    int places = Math.multiplyExact(steps.count(), units.layerCount());
    this.steps = steps;
    this.units = units;
    this.lookups = new int[places];
    this.uses = new int[places];
    this.dropped = new int[places];
    this.droppedWeights = new double[places];
    this.lostToFewer = new double[places];
    this.lostToOthers = new double[places];
    this.missedFrom = new int[places + 1];
    this.missed = new int[Math.max(64, places)];
  }

  /** Enters a batch before the cache changes; batches come step by step, layer by layer. */
  void record(int step, int layer, Batch batch, IntPredicate cached) {
    int place = place(step, layer);
    lookups[place] = batch.count();
    uses[place] = batch.uses();
    dropped[place] = batch.dropped();
    droppedWeights[place] = batch.droppedWeight();
    lostToFewer[place] = batch.lostToFewer();
    lostToOthers[place] = batch.lostToOthers();
    int end = missedFrom[place];
    if (end + batch.count() > missed.length) {
      missed = Arrays.copyOf(missed, 2 * missed.length + batch.count());
    }
    for (int i = 0; i < batch.count(); i++) {
      if (!cached.test(batch.experts()[i])) {
        missed[end++] = batch.experts()[i];
      }
    }
    missedFrom[place + 1] = end;
  }

  public Steps steps() {
    return steps;
  }

  public ExpertUnits units() {
    return units;
  }

  /** Distinct experts that a step looks up in a layer. */
  public int lookups(int step, int layer) {
    return lookups[place(step, layer)];
  }

  /** How many of them were not cached. */
  public int misses(int step, int layer) {
    int place = place(step, layer);
    return missedFrom[place + 1] - missedFrom[place];
  }

  /** The experts that were not cached, in the order in which they were looked up. */
  public IntStream missed(int step, int layer) {
    int place = place(step, layer);
    return Arrays.stream(missed, missedFrom[place], missedFrom[place + 1]);
  }

  /** How many experts a step computes in a layer, the sum over its tokens. */
  public int uses(int step, int layer) {
    return uses[place(step, layer)];
  }

  /** How many experts the policy left out. */
  public int dropped(int step, int layer) {
    return dropped[place(step, layer)];
  }

  /** The sum of the weights that the router gave to experts that the policy left out. */
  public double droppedWeight() {
    return Arrays.stream(droppedWeights).sum();
  }

  /** The sum of those of a step in a layer. */
  public double droppedWeight(int step, int layer) {
    return droppedWeights[place(step, layer)];
  }

  /** What a step loses in a layer of the router's weight where it computes fewer experts. */
  public double lostToFewer(int step, int layer) {
    return lostToFewer[place(step, layer)];
  }

  /** What it loses where other experts, or more of them, are computed. */
  public double lostToOthers(int step, int layer) {
    return lostToOthers[place(step, layer)];
  }

  /** The sums of all decoded tokens, or of all prompts. */
  public ExpertTotals totals(boolean decode) {
    ExpertTotals sum = ExpertTotals.NONE;
    for (int step = 0; step < steps.count(); step++) {
      sum = steps.all().get(step).decode() == decode ? sum.plus(totals(step)) : sum;
    }
    return sum;
  }

  /** The sums of one step over its layers. */
  public ExpertTotals totals(int step) {
    ExpertTotals sum = ExpertTotals.NONE;
    for (int layer = 0; layer < units.layerCount(); layer++) {
      int misses = misses(step, layer);
      sum =
          sum.plus(
              new ExpertTotals(
                  lookups(step, layer),
                  lookups(step, layer) - misses,
                  misses * units.bytes()[layer],
                  dropped(step, layer)));
    }
    return sum;
  }

  private int place(int step, int layer) {
    return step * units.layerCount() + layer;
  }
}
