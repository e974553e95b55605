package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a point can read on a guess: its units, its device and its trace allow it. */
final class SpeculationCheck {
  private static final Set<Speculation> OF_COLUMNS =
      EnumSet.of(Speculation.PREVIOUS_LAYER, Speculation.LOOK_AHEAD);

  private SpeculationCheck() {}

  /**
   * Checks units and device. Only in a pipeline does Flash read beside a step that has all it
   * needs.
   *
   * @throws UserException if they do not allow it, with what would be right
   */
  static void check(PointConfig config) {
    Speculation kind = config.getSpeculation();
    if (kind == Speculation.NO_SPECULATION) {
      return;
    }
    String name = "speculation " + Speculations.ALL.nameOf(kind);
    boolean experts = Experts.in(config.getModel());
    if (experts == OF_COLUMNS.contains(kind)) {
      throw new UserException(
          experts
              ? name
                  + " guesses columns, and these are experts; choose previous-token, hot,"
                  + " router-ahead or none"
              : name
                  + " guesses experts, and "
                  + config.getModel().getName()
                  + " has none; choose previous-layer, look-ahead or none");
    }
    Overlap overlap = config.getHardware().getOverlap();
    if (overlap != Overlap.PIPELINE) {
      throw new UserException(
          name
              + " needs overlap pipeline, and "
              + config.getHardware().getName()
              + " has "
              + overlap.name().toLowerCase(Locale.ROOT)
              + "; change the profile, or speculation to none");
    }
  }

  /**
   * Checks units and device, and that a mask which is read ahead is known ahead.
   *
   * @param groups that the policy masks
   * @throws UserException if they do not allow it, with what would be right
   */
  static void check(PointConfig config, List<UnitGroup> groups) {
    check(config);
    if (config.getSpeculation() == Speculation.LOOK_AHEAD
        && groups.stream().noneMatch(UnitGroup::isKnownEarly)) {
      throw new UserException(
          "speculation look-ahead reads for masks that are known a layer early, and those of policy "
              + config.getPolicy().getName()
              + " are not; choose policy look-ahead, or a predictor trained with --look-ahead");
    }
  }

  /**
   * Checks that experts are read whole, as guesses are.
   *
   * @throws UserException if a policy masks inside them, with what would be right
   */
  static void check(PointConfig config, ExpertRules rules) {
    if (rules.speculation() != Speculation.NO_SPECULATION && !rules.masked().isEmpty()) {
      throw new UserException(
          "speculation "
              + Speculations.ALL.nameOf(rules.speculation())
              + " reads whole experts, and policy "
              + config.getPolicy().getName()
              + " masks inside them; leave out inside, or choose speculation none");
    }
  }

  /**
   * Checks that a trace has what is guessed by.
   *
   * @throws UserException if it does not
   */
  static void check(PointConfig config, Recording recording) {
    if (config.getSpeculation() == Speculation.ROUTER_AHEAD
        && !recording.sites().contains(Site.ROUTER_AHEAD)) {
      throw new UserException(
          "speculation router-ahead needs the site router_ahead, which this trace lacks; record one"
              + " with dipper trace --sites x,router,router_ahead, or choose previous-token or hot");
    }
  }
}
