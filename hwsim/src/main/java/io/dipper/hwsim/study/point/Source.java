package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.AccessListener;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.trace.Recording;
import java.util.Arrays;
import java.util.List;

/**
 * What points are replayed on: the activations of a trace, or the shape of a model alone. It knows
 * which points it can serve, how long its sequences are, and what a replay of it asks for.
 */
abstract sealed class Source permits RecordedSource, ShapeSource {
  /** The model, the sequences, and the activations where there are any. */
  abstract Recording recording();

  /** The tokens of the longest sequence. */
  abstract long sequenceLength();

  /** How many of a prompt's tokens come before a sequence: all of them, or none that it has not. */
  abstract int promptBefore(int promptLength);

  /** Whether the model's head and embedding are one matrix; false where that is not known. */
  abstract boolean isTied();

  /** Fills in what a point's configuration says of it. */
  abstract void complete(PointConfig.Builder config);

  /**
   * @throws io.dipper.error.UserException if the policy or the cache of a point needs what is not
   *     there
   */
  abstract void check(PointConfig config);

  /**
   * @throws io.dipper.error.UserException if a policy looks at a site that was not recorded
   */
  abstract void checkSites(MaskPolicy policy);

  /** What points ask for, in their order. */
  final List<Demand> demands(List<ReplayPoint> points, int threads, Progress progress) {
    return demands(points, threads, progress, AccessListener.NONE);
  }

  /**
   * What points ask for, in their order.
   *
   * @param listener hears of every access of a trace
   */
  abstract List<Demand> demands(
      List<ReplayPoint> points, int threads, Progress progress, AccessListener listener);

  /** The first tokens of it; all where there are fewer. */
  abstract Source first(int tokens);

  /** How many tokens a point replays. */
  final long tokens() {
    return Arrays.stream(recording().sequenceLengths()).asLongStream().sum();
  }
}
