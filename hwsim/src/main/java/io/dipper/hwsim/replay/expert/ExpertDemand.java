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
  private final UnitLookups experts;
  private final UnitLookups columns;
  private final int[] dropped;
  private final double[] droppedWeights;
  private final double[] lostToFewer;
  private final double[] lostToOthers;
  private final GuessedExperts guesses;

  /**
   * @param guessing whether experts are read on a guess
   */
  ExpertDemand(Steps steps, ExpertUnits units, boolean guessing) {
    int places = Math.multiplyExact(steps.count(), units.layerCount());
    this.steps = steps;
    this.units = units;
    this.experts = new UnitLookups(places);
    this.columns = new UnitLookups(places);
    this.dropped = new int[places];
    this.droppedWeights = new double[places];
    this.lostToFewer = new double[places];
    this.lostToOthers = new double[places];
    this.guesses = new GuessedExperts(guessing ? places : 0);
  }

  /** Enters a batch before the cache changes; batches come step by step, layer by layer. */
  void record(int step, int layer, Batch batch, IntPredicate cached, ExpertGuess guess) {
    int place = place(step, layer);
    dropped[place] = batch.dropped();
    droppedWeights[place] = batch.droppedWeight();
    lostToFewer[place] = batch.lostToFewer();
    lostToOthers[place] = batch.lostToOthers();
    experts.begin(place, batch.experts());
    columns.begin(place, batch.uses() - batch.experts());
    for (int i = 0; i < batch.count(); i++) {
      int unit = batch.units()[i];
      if (units.isColumn(unit)) {
        columns.add(place, units.column(unit), cached.test(unit));
      } else {
        experts.add(place, units.expert(unit), cached.test(unit));
      }
    }
    guesses.record(place, guess);
  }

  /** What was read on a guess in a step and layer. */
  public GuessedExperts.Count guessed(int step, int layer) {
    return guesses.of(place(step, layer));
  }

  /** The experts that were read on a guess and not wanted. */
  public IntStream wrong(int step, int layer) {
    return guesses.wrong(place(step, layer));
  }

  public Steps steps() {
    return steps;
  }

  public ExpertUnits units() {
    return units;
  }

  /** Distinct experts that a step looks up in a layer. */
  public int lookups(int step, int layer) {
    return experts.lookups(place(step, layer));
  }

  /** How many of them were not cached. */
  public int misses(int step, int layer) {
    return experts.misses(place(step, layer));
  }

  /** The experts that were not cached, in the order in which they were looked up. */
  public IntStream missed(int step, int layer) {
    return experts.missed(place(step, layer));
  }

  /** How many experts a step computes in a layer, the sum over its tokens. */
  public int uses(int step, int layer) {
    return experts.uses(place(step, layer));
  }

  /** Distinct columns of experts that a step looks up in a layer; none where experts are whole. */
  public int columnLookups(int step, int layer) {
    return columns.lookups(place(step, layer));
  }

  /** The columns that were not cached, counted over all experts of the layer, ascending. */
  public int[] missedColumns(int step, int layer) {
    return columns.missed(place(step, layer)).sorted().toArray();
  }

  /** How many columns of experts a step computes in a layer, the sum over its tokens. */
  public int columnUses(int step, int layer) {
    return columns.uses(place(step, layer));
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
                  missedBytes(step, layer),
                  dropped(step, layer)));
    }
    return sum;
  }

  private long missedBytes(int step, int layer) {
    long whole = units.unitBytes(layer, 0) * misses(step, layer);
    return columns
        .missed(place(step, layer))
        .map(column -> units.unit(column / units.columns(), column % units.columns()))
        .mapToLong(unit -> units.unitBytes(layer, unit))
        .reduce(whole, Long::sum);
  }

  private int place(int step, int layer) {
    return step * units.layerCount() + layer;
  }
}
