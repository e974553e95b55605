package io.dipper.hwsim.replay.unit;

import io.dipper.trace.Site;
import java.util.Set;

/**
 * What one mask of a policy is computed from and what it covers; there is one such mask per layer
 * and token, and one cache per layer.
 *
 * @param scored the site whose magnitudes are scored
 * @param covers the matrices of which only the selected units are read; they share the mask, so a
 *     unit is one column (or row) of each
 */
public record UnitGroup(Site scored, Set<Matrix> covers) {
  public UnitGroup {
    covers = Set.copyOf(covers);
  }

  /** The axis of the mask. */
  public Axis axis() {
    return scored == Site.X ? Axis.X : Axis.H;
  }
}
