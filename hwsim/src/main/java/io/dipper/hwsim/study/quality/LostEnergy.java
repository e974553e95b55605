package io.dipper.hwsim.study.quality;

import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.study.result.PointExperts;
import io.dipper.hwsim.study.result.PointRow;
import java.util.Optional;

/**
 * The shares of the trace's energy that the masks of a point lose, the means over layers; 0 where
 * there is no such mask. The energy of a unit is the square of its activation times the squared
 * norms of the weight columns that it meets.
 *
 * <p>A mask over GLU units that are chosen by their own magnitude leaves out small contributions.
 * One that is chosen by the gate's or the up projection's signal leaves out large ones too: the
 * energy that each of them loses was found to have a price of its own, and so it counts apart.
 *
 * @param input lost at the MLP's input
 * @param glu lost among GLU units chosen by their magnitude
 * @param gate lost among GLU units chosen by the gate's signal
 * @param up lost among GLU units chosen by the up projection's signal
 * @param router lost by a choice of experts, of the router's weight
 */
public record LostEnergy(double input, double glu, double gate, double up, LostWeights router) {
  private static final double NEAR = 0.1;

  /** Of a model without experts. */
  public LostEnergy(double input, double glu, double gate, double up) {
    this(input, glu, gate, up, LostWeights.NONE);
  }

  /** Whether nothing is lost, as in the dense model. */
  public boolean isNothing() {
    return sum() == 0;
  }

  /** Whether another loses the same at each site, to a tenth of all that either loses. */
  public boolean isNear(LostEnergy other) {
    double most = NEAR * Math.max(sum(), other.sum());
    return Math.abs(input - other.input) <= most
        && Math.abs(glu - other.glu) <= most
        && Math.abs(gate - other.gate) <= most
        && Math.abs(up - other.up) <= most
        && Math.abs(router.fewer() - other.router.fewer()) <= most
        && Math.abs(router.others() - other.router.others()) <= most;
  }

  private double sum() {
    return input + glu + gate + up + router.fewer() + router.others();
  }

  /**
   * What a point loses; empty where its trace had no norms to tell, or units are chosen by another
   * signal than their own, the price of which no formula knows.
   */
  public static Optional<LostEnergy> of(MaskPolicy policy, PointRow row) {
    LostWeights weights = LostWeights.NONE;
    double input = 0;
    double glu = 0;
    double gate = 0;
    double up = 0;
    for (UnitGroup group : policy.groups()) {
      if (group.space().id().equals(Experts.ID)) {
        PointExperts.LeftOut left = row.demand().experts().leftOut();
        if (left.lostToFewer() == null || left.lostToOthers() == null) {
          return Optional.empty();
        }
        weights = new LostWeights(left.lostToFewer(), left.lostToOthers());
        continue;
      }
      Double retained = row.retainedEnergy(group.space().id());
      if (retained == null || !group.scoresItself()) {
        return Optional.empty();
      }
      double lost = 1 - retained;
      switch (group.scored().site()) {
        case X -> input += lost;
        case GLU -> glu += lost;
        case GATE -> gate += lost;
        case UP -> up += lost;
      }
    }
    return Optional.of(new LostEnergy(input, glu, gate, up, weights));
  }
}
