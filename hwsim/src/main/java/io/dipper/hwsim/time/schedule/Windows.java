package io.dipper.hwsim.time.schedule;

import io.dipper.proto.Accepted;
import io.dipper.proto.PointConfig;

/** How many tokens a point computes in a step, and which share of them is kept. */
public final class Windows {
  private Windows() {}

  /** The tokens of a step. */
  public static int tokens(PointConfig config) {
    return Math.max(1, config.getWindow());
  }

  /** The share of its tokens that is kept. */
  public static double share(PointConfig config) {
    Accepted accepted = config.getAccepted();
    return switch (accepted.getFormCase()) {
      case SHARE -> accepted.getShare();
      case TOKENS -> accepted.getTokens() / tokens(config);
      case FORM_NOT_SET -> 1;
    };
  }
}
