package io.dipper.hwsim.replay.unit;

import io.dipper.trace.Site;
import java.util.List;
import java.util.Set;

/** The declarations that several policies share. */
public final class Groups {
  /** Input columns of up and gate under one mask, then columns of down. */
  public static final List<UnitGroup> INPUT_AND_GLU =
      List.of(
          new UnitGroup(Site.X, Set.of(Matrix.UP, Matrix.GATE)),
          new UnitGroup(Site.GLU, Set.of(Matrix.DOWN)));

  private Groups() {}

  /** One mask on the GLU axis, scored at a site. */
  public static List<UnitGroup> scoredBy(Site site, Matrix... covered) {
    return List.of(new UnitGroup(site, Set.of(covered)));
  }
}
