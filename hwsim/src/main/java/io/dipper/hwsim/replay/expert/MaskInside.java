package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.trace.Site;
import java.util.Set;

/**
 * A mask over the GLU units of each chosen expert: that of a policy of dense layers, whose one
 * group chooses in the MLP of one expert.
 *
 * @param policy of one group, which looks at nothing but the scores of its own units
 * @param site that holds these scores, of a token's experts by rank
 */
public record MaskInside(MaskPolicy policy, Site site) {
  /** The mask, over the units of one expert. */
  public UnitGroup group() {
    return policy.groups().get(0);
  }

  /** The matrices of which only the selected units are read; the others are read whole. */
  public Set<Matrix> covers() {
    return group().covers();
  }

  /** A selector for the experts of one layer, counted among those that have experts. */
  public MaskSelector selector(int layer) {
    return policy.selector(layer, group());
  }
}
