package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.trace.Site;
import java.util.EnumSet;
import java.util.Set;

/** Whether masks can be applied to activations on their way through a block. */
final class LiveMasks {
  private LiveMasks() {}

  /**
   * @throws UserException if a policy's masks cannot; it says why
   */
  static void check(MaskPolicy policy) {
    Set<Site> masked = EnumSet.noneOf(Site.class);
    for (UnitGroup group : policy.groups()) {
      Site site = group.valueSite();
      if (!reachesAllReaders(group) || !masked.add(site)) {
        throw refusal(policy, "has different masks for matrices that read the same activation");
      }
      for (Signal signal : group.signals()) {
        // The first layer looks at its own signals where there is none before it.
        if (signal.site().compareTo(site) > 0) {
          throw refusal(
              policy,
              "looks at "
                  + signal.id()
                  + " to choose units at "
                  + site.id()
                  + ", which in the first layer come before it");
        }
      }
    }
  }

  /**
   * Whether a zero instead of a unit's activation leaves out just what the group does not read: all
   * columns that meet it, or a row that makes it.
   */
  private static boolean reachesAllReaders(UnitGroup group) {
    return group.covers().containsAll(group.space().readers())
        || group.covers().stream().anyMatch(matrix -> !group.space().part(matrix).column());
  }

  private static UserException refusal(MaskPolicy policy, String why) {
    return new UserException(
        "policy " + policy.spec().getName() + ": " + why + ", and cannot be run live");
  }
}
