package io.dipper.hwsim.replay.expert;

import io.dipper.progress.Progress;
import io.dipper.proto.Speculation;
import io.dipper.trace.Recording;

/** A recording of routers played through policies and caches of experts. */
public final class ExpertReplay {
  private final Recording recording;
  private final Steps steps;
  private final ExpertUnits units;
  private final Progress progress;

  /**
   * @param steps of the recording
   * @param progress is told of each token
   */
  public ExpertReplay(Recording recording, Steps steps, ExpertUnits units, Progress progress) {
    this.recording = recording;
    this.steps = steps;
    this.units = units;
    this.progress = progress;
  }

  /**
   * The demand of one point. Many may run at once.
   *
   * @throws io.dipper.error.UserException if the recording lacks what the policy looks at, or the
   *     cache has no form for experts
   */
  public ExpertDemand run(ExpertPoint point) {
    return run(point, ChoiceListener.NONE);
  }

  /** The demand of one point; the listener hears which experts each token takes. */
  public ExpertDemand run(ExpertPoint point, ChoiceListener listener) {
    ExpertPlayer player = new ExpertPlayer(recording, steps, units, point, listener);
    ExpertDemand demand =
        new ExpertDemand(steps, units, point.speculation() != Speculation.NO_SPECULATION);
    for (int s = 0; s < steps.count() && !Thread.currentThread().isInterrupted(); s++) {
      player.enter(s);
      for (int layer = 0; layer < units.layerCount(); layer++) {
        player.choose(layer);
        demand.record(s, layer, player.batch(), player.cached(layer), player.guess());
        player.play(layer);
      }
      progress.advance(steps.all().get(s).tokens());
    }
    return demand;
  }
}
