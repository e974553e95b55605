package io.dipper.hwsim.replay.unit;

import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import java.util.List;
import java.util.Set;

/** The declarations that several policies share. */
public final class Groups {
  private Groups() {}

  /** Input columns of up and gate under one mask, then columns of down. */
  public static List<UnitGroup> inputAndGlu(ModelShape shape) {
    return List.of(
        group(shape, Site.X, Set.of(Matrix.UP, Matrix.GATE)),
        group(shape, Site.GLU, Set.of(Matrix.DOWN)));
  }

  /** One mask alone, over the units that have a value each at a site, scored there. */
  public static List<UnitGroup> scoredBy(ModelShape shape, Site site, Matrix... covered) {
    return List.of(group(shape, site, Set.of(covered)));
  }

  private static UnitGroup group(ModelShape shape, Site site, Set<Matrix> covered) {
    return new UnitGroup(List.of(Signal.of(site)), BlockShape.of(shape).spaceOf(site), covered);
  }
}
