package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Trait;
import java.util.List;

/**
 * A masking policy: which units of the MLP take part in a token.
 *
 * <p>It is a declaration, from which bytes, density, cache capacity and accounting follow, and a
 * selector. The same object serves replay and live runs.
 */
public interface MaskPolicy {
  /** Name and parameters, defaults filled in. */
  PolicySpec spec();

  /**
   * The masks of a layer, in the order in which they are computed (x before h). Matrices in none
   * are dense.
   */
  List<UnitGroup> groups();

  /** A selector for one layer and group, with state of its own where it needs any. */
  MaskSelector selector(int layer, UnitGroup group);

  /** Whether its declaration has a trait; a policy that no registry made has none. */
  default boolean has(Trait trait) {
    return false;
  }
}
