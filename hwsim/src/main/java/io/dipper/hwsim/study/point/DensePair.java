package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;
import java.util.Optional;

/** A masked point beside the same point without a mask. */
public final class DensePair {
  private DensePair() {}

  /**
   * The pair of a point; empty where there is nothing to compare, since the point is dense, the
   * model has experts, no number of the device has a range, or the dense point cannot exist.
   *
   * @param config complete
   */
  public static Optional<PointPair> of(Simulation simulation, PointConfig config) {
    if (Policies.has(config.getPolicy(), Trait.DENSE)
        || Experts.in(config.getModel())
        || DeviceRanges.of(config.getHardware()).numbers().isEmpty()) {
      return Optional.empty();
    }
    PointConfig dense =
        config.toBuilder()
            .setPolicy(Policies.parse("dense"))
            .setSpeculation(Speculation.NO_SPECULATION)
            .clearAdapter()
            .build();
    try {
      return Optional.of(
          new PointPair(simulation.plan(config), simulation.plan(simulation.complete(dense))));
    } catch (UserException e) {
      return Optional.empty();
    }
  }
}
