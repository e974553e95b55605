package io.dipper.hwsim.replay.layout;

import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSpace;
import io.dipper.proto.WeightBits;
import java.util.ArrayList;
import java.util.List;

/**
 * Each matrix is stored row by row, as model files hold it. A unit that is a column (of up and gate
 * among the inputs, of down among the GLU units) has one weight in every row: as many requests as
 * the matrix has rows, of a weight each. A unit that is a row (of up and gate among the GLU units)
 * is one request.
 *
 * <p>A file of a quantised type has the weights of a row in blocks that share their scales: with a
 * column's weight its whole block is read, in every row.
 */
public final class RowMajor implements Layout {
  private final boolean inBlocks;

  /**
   * @param inBlocks whether a row's weights lie in blocks that are read whole
   */
  public RowMajor(boolean inBlocks) {
    this.inBlocks = inBlocks;
  }

  @Override
  public List<UnitRequests> requests(UnitGroup group, WeightBits bits) {
    UnitSpace space = group.space();
    List<UnitRequests> columns = new ArrayList<>();
    List<UnitRequests> rows = new ArrayList<>();
    for (Matrix matrix : group.covers()) {
      double bytes = space.bytes(matrix, bits);
      int weights = space.part(matrix).weights();
      if (space.part(matrix).column()) {
        columns.add(new UnitRequests(1, weights, bytes / weights, inBlocks));
      } else {
        rows.add(new UnitRequests(1, 1, bytes));
      }
    }
    columns.addAll(rows);
    return UnitRequests.together(columns);
  }
}
