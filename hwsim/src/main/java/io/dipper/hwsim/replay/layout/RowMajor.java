package io.dipper.hwsim.replay.layout;

import io.dipper.hwsim.replay.unit.Axis;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Each matrix is stored row by row, as model files hold it. A unit that is a column (of up and gate
 * on the input axis, of down on the GLU axis) has one weight in every row: as many requests as the
 * matrix has rows, of a weight each. A unit that is a row (of up and gate on the GLU axis) is one
 * request.
 */
public final class RowMajor implements Layout {
  @Override
  public List<UnitRequests> requests(UnitGroup group, double unitBytes, ModelShape shape) {
    Set<Matrix> covers = group.covers();
    int matrices = covers.size();
    int columns = group.axis() == Axis.X ? matrices : covers.contains(Matrix.DOWN) ? 1 : 0;
    int weights = Matrix.DOWN.weightsPerUnit(group.axis(), shape);
    List<UnitRequests> requests = new ArrayList<>();
    if (columns > 0) {
      requests.add(new UnitRequests(columns, columns * weights, unitBytes / weights));
    }
    if (columns < matrices) {
      requests.add(new UnitRequests(matrices - columns, matrices - columns, unitBytes));
    }
    return requests;
  }
}
