package io.dipper.hwsim.study.point;

import io.dipper.hwsim.profile.hardware.ShownErrors;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.SpeedErrors;
import io.dipper.registry.Trait;
import java.util.Optional;

/** What executions on a point's device showed of the simulated speeds of points like it. */
public final class PointErrors {
  private PointErrors() {}

  /**
   * The errors that the device's profile carries.
   *
   * @return empty where it carries none, and for what was never executed: the paper's accounting,
   *     experts
   */
  public static Optional<SpeedErrors> of(PointConfig config) {
    if (config.getAccounting() == AccountingKind.PAPER || Experts.in(config.getModel())) {
      return Optional.empty();
    }
    boolean masked =
        config.hasAdapter()
            || !Policies.registry().declares(config.getPolicy().getName(), Trait.DENSE);
    return ShownErrors.of(config.getHardware(), masked);
  }
}
