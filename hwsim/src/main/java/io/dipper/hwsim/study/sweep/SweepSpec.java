package io.dipper.hwsim.study.sweep;

import io.dipper.proto.PointConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep file says.
 *
 * @param trace null where the file names none
 * @param model what stands in its place, or is changed in it
 * @param grid the points
 */
record SweepSpec(@Nullable Path trace, ModelChoice model, Grid grid) {
  SweepSpec withTrace(Path other) {
    return new SweepSpec(other, model, grid);
  }

  /** The points, not yet completed by what the trace knows. */
  List<PointConfig> points() {
    return grid.points();
  }
}
