package io.dipper.hwsim.demand;

import io.dipper.hwsim.mask.UnitGroup;
import java.util.List;

/**
 * What a policy and a cache make of a trace: for every token, layer and group, how many units were
 * selected and how many of them were cached. It does not depend on the device.
 */
public final class Demand {
  private final List<UnitGroup> groups;
  private final int layers;
  private final int[] sequenceLengths;
  private final int tokens;
  private final int[] selected;
  private final int[] hits;

  /**
   * @param groups the policy's groups
   * @param sequenceLengths tokens of each sequence, in trace order
   */
  public Demand(List<UnitGroup> groups, int layers, int[] sequenceLengths) {
    this.groups = List.copyOf(groups);
    this.layers = layers;
    this.sequenceLengths = sequenceLengths.clone();
    int sum = 0;
    for (int length : sequenceLengths) {
      sum += length;
    }
    this.tokens = sum;
    this.selected = new int[groups.size() * layers * tokens];
    this.hits = new int[selected.length];
  }

  public List<UnitGroup> groups() {
    return groups;
  }

  public int layers() {
    return layers;
  }

  /** Tokens of all sequences. */
  public int tokens() {
    return tokens;
  }

  public int[] sequenceLengths() {
    return sequenceLengths.clone();
  }

  /**
   * Records one token; {@code row} counts over all sequences. Threads may record different layers
   * at once.
   */
  public void record(int group, int layer, int row, int selectedUnits, int hitUnits) {
    int i = (group * layers + layer) * tokens + row;
    selected[i] = selectedUnits;
    hits[i] = hitUnits;
  }

  public int selected(int group, int layer, int row) {
    return selected[(group * layers + layer) * tokens + row];
  }

  public int hits(int group, int layer, int row) {
    return hits[(group * layers + layer) * tokens + row];
  }

  /** Selected units of a group and layer over all tokens. */
  public long selectedTotal(int group, int layer) {
    return total(selected, group, layer);
  }

  /** Hits of a group and layer over all tokens. */
  public long hitsTotal(int group, int layer) {
    return total(hits, group, layer);
  }

  private long total(int[] counts, int group, int layer) {
    long sum = 0;
    int from = (group * layers + layer) * tokens;
    for (int i = from; i < from + tokens; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
