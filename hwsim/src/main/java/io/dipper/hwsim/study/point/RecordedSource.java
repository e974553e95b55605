package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.AccessListener;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import java.util.Arrays;
import java.util.List;

/** A trace: masks see its activations, and its sequences have their prompts in them. */
final class RecordedSource extends Source {
  private final Recording recording;
  private final long sequenceLength;

  /**
   * @param blockLength of the trace's sequences; 0 where it does not say
   */
  RecordedSource(Recording recording, int blockLength) {
    this.recording = recording;
    this.sequenceLength =
        blockLength > 0 ? blockLength : Arrays.stream(recording.sequenceLengths()).max().orElse(0);
  }

  @Override
  Recording recording() {
    return recording;
  }

  @Override
  long sequenceLength() {
    return sequenceLength;
  }

  @Override
  int promptBefore(int promptLength) {
    return 0;
  }

  @Override
  boolean isTied() {
    return false;
  }

  @Override
  void complete(PointConfig.Builder config) {
    config.setModel(recording.model());
  }

  @Override
  void check(PointConfig config) {
    ExpertPlanner.checkPolicy(config);
    SpeculationCheck.check(config, recording);
    boolean calibrated = !Caches.files(config.getCache()).isEmpty();
    if (calibrated && Policies.has(config.getPolicy(), Trait.RECORDED)) {
      throw new UserException(
          "policy "
              + config.getPolicy().getName()
              + " has masks for the tokens of one trace, and cache "
              + config.getCache().getPolicy()
              + " is calibrated on another; leave its file out");
    }
  }

  @Override
  void checkSites(MaskPolicy policy) {
    policy.groups().stream()
        .flatMap(group -> group.signals().stream())
        .forEach(signal -> signal.column(recording, firstLayer()));
  }

  /** The first layer of those that a policy chooses in. */
  private int firstLayer() {
    return Experts.in(recording.model()) ? Experts.layers(recording.model())[0] : 0;
  }

  @Override
  List<Demand> demands(
      List<ReplayPoint> points, int threads, Progress progress, AccessListener listener) {
    return new Replay(recording, threads, progress).run(points, listener);
  }

  @Override
  Source first(int tokens) {
    return new RecordedSource(RecordingPrefix.ofTokens(recording, tokens), (int) sequenceLength);
  }
}
