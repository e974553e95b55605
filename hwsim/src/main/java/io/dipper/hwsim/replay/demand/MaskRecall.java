package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.select.KeySelection;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Recording;
import org.jspecify.annotations.Nullable;

/**
 * How well masks that choose units by something else than their activations find the largest: of
 * the k units of largest |activation|, as many as the mask has, the share that it has; the mean
 * over tokens. 1 for a mask of none. Not safe for use by many threads.
 */
final class MaskRecall implements MaskSink {
  private final RowBlock activations;
  private final KeySelection selection;
  private final UnitSet largest;
  private int firstRow;
  private double sum;
  private long masks;

  private MaskRecall(RowBlock activations, int units) {
    this.activations = activations;
    this.selection = KeySelection.create(units);
    this.largest = new UnitSet(units);
  }

  /**
   * The recall of a group's masks in a layer; null where units are scored by their own activations,
   * or the recording lacks these.
   */
  static @Nullable MaskRecall of(Recording recording, int layer, UnitGroup group) {
    boolean known = recording.sites().contains(group.space().activation());
    return group.scoresItself() || !known
        ? null
        : new MaskRecall(
            new RowBlock(recording.column(layer, group.space().activation())), group.units());
  }

  /** Takes in the rows whose masks are chosen next. */
  void read(int first, int count) {
    activations.read(first, count);
    firstRow = first;
  }

  @Override
  public void accept(int row, UnitSet mask, Signals signals) {
    int k = mask.cardinality();
    selection.largest(activations.row(row - firstRow), k, largest);
    sum += k == 0 ? 1 : (double) mask.intersectionSize(largest) / k;
    masks++;
  }

  /** From 0 to 1. */
  double value() {
    return sum / masks;
  }
}
