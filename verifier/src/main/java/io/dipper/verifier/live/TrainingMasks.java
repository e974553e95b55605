package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Trait;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Workers;
import java.util.List;

/** The masks of a policy in the passes of a training: those of a live run, block by block. */
public final class TrainingMasks {
  private TrainingMasks() {}

  /**
   * A hook that masks a block as sequence 0, as often as it comes.
   *
   * @param tokens of a block
   * @param workers that may be used during a call
   * @throws UserException if the policy looks at a cache, or needs a trace
   */
  public static MlpHook of(PolicySpec spec, ModelShape shape, int tokens, Workers workers) {
    MaskPolicy policy = Policies.create(Policies.resolve(spec), new PolicyContext(shape, null));
    if (policy.has(Trait.LOOKS_AT_CACHE) || policy.has(Trait.RECORDED)) {
      throw new UserException(
          "policy "
              + spec.getName()
              + " looks at a cache or at one trace's tokens, which a training has not; train with"
              + " the policy whose scores it uses, e.g. dip");
    }
    ReplayPoint point = new ReplayPoint(policy, Caches.NONE, new int[policy.groups().size()], 0);
    return new MaskingHook(List.of(point), shape, new int[] {tokens}, null, workers);
  }
}
