package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.AccessListener;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.FullDemand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import java.util.List;

/**
 * A model without a trace: masks that are always full, whose demand has a closed form, over tokens
 * that are generated after the prompt.
 */
final class ShapeSource extends Source {
  private final ShapeRecording run;

  ShapeSource(ShapeRecording run) {
    this.run = run;
  }

  @Override
  Recording recording() {
    return run;
  }

  @Override
  long sequenceLength() {
    return run.tokens();
  }

  @Override
  int promptBefore(int promptLength) {
    return promptLength;
  }

  @Override
  boolean isTied() {
    return run.shape().tied();
  }

  @Override
  void complete(PointConfig.Builder config) {
    config.setModel(run.model()).setTokens(run.tokens());
  }

  @Override
  void check(PointConfig config) {
    String policy = "policy " + config.getPolicy().getName();
    refuse(
        Policies.has(config.getPolicy(), Trait.SCORES_ACTIVATIONS),
        policy + " scores activations, and the shape of a model has none; give a trace");
    refuse(
        Policies.has(config.getPolicy(), Trait.RECORDED),
        policy + " has masks for the tokens of one trace; give it");
    refuse(
        Caches.has(config.getCache(), Trait.PAGED),
        "cache page-cache is replayed token by token; give a trace");
  }

  private static void refuse(boolean impossible, String why) {
    if (impossible) {
      throw new UserException(why + " (--trace)");
    }
  }

  /** Full masks look at no site. */
  @Override
  void checkSites(MaskPolicy policy) {}

  @Override
  List<Demand> demands(
      List<ReplayPoint> points, int threads, Progress progress, AccessListener listener) {
    return points.stream().map(point -> FullDemand.of(point, run)).toList();
  }

  @Override
  Source first(int tokens) {
    return new ShapeSource(new ShapeRecording(run.shape(), Math.min(run.tokens(), tokens)));
  }
}
