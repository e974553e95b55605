package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.time.schedule.Windows;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;

/** Whether a point can compute several tokens in a step. */
final class WindowCheck {
  private WindowCheck() {}

  /**
   * Of one token for each step nothing is left to accept: such points are one, whatever they say.
   */
  static void settle(PointConfig.Builder config) {
    if (config.getWindow() <= 1) {
      config.clearWindow().clearAccepted();
    }
  }

  /**
   * @throws UserException if not, with what would be right
   */
  static void check(PointConfig config) {
    int window = Windows.tokens(config);
    if (window == 1) {
      return;
    }
    refuse(
        Experts.in(config.getModel()),
        "experts of several tokens are counted for prompts alone; leave it out");
    refuse(
        Caches.has(config.getCache(), Trait.PAGED),
        "the page cache is replayed token by token; choose a cache of units");
    refuse(
        config.getSpeculation() != Speculation.NO_SPECULATION,
        "masks of several tokens are not guessed; leave speculation out");
    double kept = Windows.share(config) * window;
    String told = PointSettings.ACCEPTED.text().apply(config);
    refuse(
        kept > window * (1 + 1e-12),
        "of " + window + " tokens " + told + " cannot be accepted; give at most " + window);
    refuse(
        kept < 1 - 1e-12,
        told + " accepted of " + window + " tokens are less than one for a step; give at least 1");
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new UserException("window: " + why);
    }
  }
}
