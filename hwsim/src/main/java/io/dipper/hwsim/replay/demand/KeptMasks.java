package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/** The masks of consecutive tokens, kept until the next ones are begun. Grows as it needs to. */
public final class KeptMasks implements MaskSink, LikelyMasks {
  private final int units;
  private UnitSet[] masks = {};
  private int first;

  /**
   * @param units the number N of units
   */
  public KeptMasks(int units) {
    this.units = units;
  }

  /**
   * Forgets what it has, and makes room.
   *
   * @param firstRow the first token that will come, counted over all sequences
   */
  public void begin(int firstRow, int rows) {
    first = firstRow;
    int had = masks.length;
    if (had < rows) {
      masks = Arrays.copyOf(masks, rows);
      for (int r = had; r < rows; r++) {
        masks[r] = new UnitSet(units);
      }
    }
  }

  @Override
  public void accept(int row, UnitSet mask, Signals signals) {
    keep(row, mask);
  }

  /** Takes in a copy of a token's mask. */
  public void keep(int row, UnitSet mask) {
    masks[row - first].copyFrom(mask);
  }

  /** The mask of a token that was taken in. */
  @Override
  public UnitSet of(int row) {
    return masks[row - first];
  }
}
