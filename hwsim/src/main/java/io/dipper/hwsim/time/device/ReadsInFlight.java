package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;

/** How many reads a Flash serves side by side. */
public final class ReadsInFlight {
  private ReadsInFlight() {}

  /** As many as it has lanes, or else its table, and as its queue takes; may be without limit. */
  public static double of(Flash flash) {
    double lanes =
        flash.hasLanes()
            ? flash.getLanes().getValue()
            : flash.getTable().getLanesList().stream()
                .mapToDouble(n -> n)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    return flash.hasQueueDepth() ? Math.min(lanes, flash.getQueueDepth().getValue()) : lanes;
  }

  /** How many of a stream it serves side by side. */
  public static double ofStream(Flash flash) {
    double lanes = of(flash);
    return flash.hasStreamLanes() ? Math.min(lanes, flash.getStreamLanes().getValue()) : lanes;
  }
}
