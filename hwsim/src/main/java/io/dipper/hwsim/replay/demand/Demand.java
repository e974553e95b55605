package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a policy and a cache make of a trace: for every token, layer and group, how many units were
 * selected, how many of them were cached, and how many runs of adjacent units the others form;
 * where it was asked for, the other {@link Count}s too. It does not depend on the device.
 */
public final class Demand {
  private final List<UnitGroup> groups;
  private final Reading reading;
  private final int layers;
  private final int[] sequenceLengths;
  private final int rows;
  private final EnumMap<Count, int[]> counts = new EnumMap<>(Count.class);
  private final int[] selected;
  private final int[] hits;
  private final int[] missedRuns;
  private final double[] retained;
  private final double[] recall;
  private @Nullable Demand prompts;
  private @Nullable StepRows steps;

  /**
   * The demand of masks whose misses are read unit by unit.
   *
   * @param groups the policy's groups
   * @param sequenceLengths tokens of each sequence, in trace order
   */
  public Demand(List<UnitGroup> groups, int layers, int[] sequenceLengths) {
    this(groups, layers, sequenceLengths, Set.of());
  }

  /**
   * The demand of masks whose misses are read unit by unit, with more counts.
   *
   * @param extra what is counted beside selected units, hits and missed runs
   */
  public Demand(List<UnitGroup> groups, int layers, int[] sequenceLengths, Set<Count> extra) {
    this(groups, layers, sequenceLengths, extra, FetchRules.plain(groups.size()));
  }

  /** The demand of masks whose misses are read as a point says, with the counts of that. */
  public Demand(List<UnitGroup> groups, int layers, int[] sequenceLengths, Reading reading) {
    this(groups, layers, reading.decoded(sequenceLengths), reading.extraCounts(), reading);
    steps =
        reading.densePrompt() == 0 && reading.window() == 1
            ? null
            : new StepRows(sequenceLengths, reading.densePrompt(), reading.window());
    int passes = reading.prompts(sequenceLengths);
    if (passes > 0) {
      prompts = new Demand(groups, layers, new int[] {passes}, reading.extraCounts(), reading);
    }
  }

  private Demand(
      List<UnitGroup> groups,
      int layers,
      int[] sequenceLengths,
      Set<Count> extra,
      Reading reading) {
    this.reading = reading;
    this.groups = List.copyOf(groups);
    this.layers = layers;
    this.sequenceLengths = sequenceLengths.clone();
    this.rows = Arrays.stream(sequenceLengths).sum();
    int size = groups.size() * layers * rows;
    this.selected = new int[size];
    this.hits = new int[size];
    this.missedRuns = new int[size];
    extra.forEach(count -> counts.put(count, new int[size]));
    counts.put(Count.SELECTED, selected);
    counts.put(Count.HITS, hits);
    counts.put(Count.MISSED_RUNS, missedRuns);
    this.retained = new double[groups.size() * layers];
    Arrays.fill(retained, Double.NaN);
    this.recall = retained.clone();
  }

  /**
   * The row of a token of the recording, counted over all sequences; -1 where it belongs to a
   * prompt that is computed in one dense pass.
   */
  public int rowOf(int recordedRow) {
    return steps == null ? recordedRow : steps.of(recordedRow);
  }

  /** The tokens of a row: 1, or those of a window, which are computed in one step. */
  public int tokensOf(int row) {
    return steps == null ? 1 : steps.tokens(row);
  }

  /** How misses become reads. */
  public Reading reading() {
    return reading;
  }

  /** The tokens of the first prompt; 0 where there is none. */
  public int firstPrompt() {
    return reading.firstPrompt();
  }

  /** What prompts ask for that are computed in one step, a row for each; null where none is. */
  public @Nullable Demand prompts() {
    return prompts;
  }

  public List<UnitGroup> groups() {
    return groups;
  }

  public int layers() {
    return layers;
  }

  /** Tokens of all sequences. */
  public int tokens() {
    return steps == null ? rows : IntStream.range(0, rows).map(steps::tokens).sum();
  }

  /** Rows of all sequences, one for each step. */
  public int rows() {
    return rows;
  }

  /** The rows of each sequence: its tokens, where a step has one. */
  public int[] sequenceLengths() {
    return sequenceLengths.clone();
  }

  /**
   * Records one step; {@code row} counts over all sequences. Threads may record different layers at
   * once.
   *
   * @param runs of adjacent units that were selected, not cached and not fetched ahead: from 1 to
   *     their number, 0 where there is none
   */
  public void record(int group, int layer, int row, int selectedUnits, int hitUnits, int runs) {
    int missed = selectedUnits - hitUnits;
    boolean allGuessed = runs == 0 && counts.containsKey(Count.GUESSED_RIGHT);
    if (runs > missed || (runs < Math.min(1, missed) && !allGuessed)) {
      throw new IllegalArgumentException(missed + " missed units cannot form " + runs + " runs");
    }
    int i = (group * layers + layer) * rows + row;
    selected[i] = selectedUnits;
    hits[i] = hitUnits;
    missedRuns[i] = runs;
  }

  /** Records one more count of a token, if this demand has it. */
  public void record(Count count, int group, int layer, int row, int value) {
    int[] values = counts.get(count);
    if (values != null) {
      values[(group * layers + layer) * rows + row] = value;
    }
  }

  /**
   * What was read from Flash for a group, over all tokens and layers.
   *
   * @param unitBytes of a unit, in all matrices that are covered
   */
  public ReadTotals reads(int group, double unitBytes) {
    return reading.totals(this, group, unitBytes);
  }

  /** What this demand counts. */
  public Set<Count> counted() {
    return Collections.unmodifiableSet(counts.keySet());
  }

  /** A count of one token; 0 where it was not counted. */
  public int count(Count count, int group, int layer, int row) {
    int[] values = counts.get(count);
    return values == null ? 0 : values[(group * layers + layer) * rows + row];
  }

  /** A count over all tokens of a group and layer; 0 where it was not counted. */
  public long total(Count count, int group, int layer) {
    int[] values = counts.get(count);
    return values == null ? 0 : total(values, group, layer);
  }

  /** A count over all tokens and layers of a group; 0 where it was not counted. */
  public long total(Count count, int group) {
    long sum = 0;
    for (int layer = 0; layer < layers; layer++) {
      sum += total(count, group, layer);
    }
    return sum;
  }

  public int selected(int group, int layer, int row) {
    return selected[(group * layers + layer) * rows + row];
  }

  public int hits(int group, int layer, int row) {
    return hits[(group * layers + layer) * rows + row];
  }

  /** Runs of adjacent units that were selected and not cached. */
  public int missedRuns(int group, int layer, int row) {
    return missedRuns[(group * layers + layer) * rows + row];
  }

  /** Selected units of a group and layer over all tokens. */
  public long selectedTotal(int group, int layer) {
    return total(selected, group, layer);
  }

  /** Hits of a group and layer over all tokens. */
  public long hitsTotal(int group, int layer) {
    return total(hits, group, layer);
  }

  /**
   * Records the share of a site's energy, over all tokens, that the masks of a group and layer
   * retain.
   */
  void recordRetained(int group, int layer, double share) {
    retained[group * layers + layer] = share;
  }

  /**
   * The share of a site's energy that a group's masks retain: of all {@code (activation * norm of
   * its weight column)²} of all tokens, the part of the selected units; the mean over layers. NaN
   * where it was not recorded, because the trace lacks the norms or the site.
   */
  public double retainedEnergy(int group) {
    double sum = 0;
    for (int layer = 0; layer < layers; layer++) {
      sum += retainedEnergy(group, layer);
    }
    return sum / layers;
  }

  /** The retained energy of one layer, a share; NaN where it was not recorded. */
  public double retainedEnergy(int group, int layer) {
    return retained[group * layers + layer];
  }

  /** Records the recall of the masks of a group and layer over all tokens. */
  void recordRecall(int group, int layer, double share) {
    recall[group * layers + layer] = share;
  }

  /**
   * Of the k units of a layer with the largest activations, the share that a mask of k has, the
   * mean over tokens; NaN where masks are chosen by the activations themselves, or the trace lacks
   * them.
   */
  public double recall(int group, int layer) {
    return recall[group * layers + layer];
  }

  /**
   * The share of the MLP's weights that a token reads, the mean over layers and tokens; matrices in
   * no group are read whole.
   */
  public double density() {
    double matrices = Matrix.values().length;
    double read = matrices;
    for (int group = 0; group < groups.size(); group++) {
      UnitGroup g = groups.get(group);
      Count chosen = reading.window() > 1 ? Count.COMPUTED : Count.SELECTED;
      double kept = (double) total(chosen, group) / ((double) layers * tokens() * g.units());
      read -= g.covers().size() * (1 - kept);
    }
    return read / matrices;
  }

  private long total(int[] counts, int group, int layer) {
    long sum = 0;
    int from = (group * layers + layer) * rows;
    for (int i = from; i < from + rows; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
