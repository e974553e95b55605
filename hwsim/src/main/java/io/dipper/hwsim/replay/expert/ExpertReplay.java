package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.progress.Progress;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;
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
    Foresight foresight =
        new Foresight(recording, point.policy(), steps, units, Caches.isGlobal(point.cache()));
    ExpertCaches caches =
        new ExpertCaches(point.cache(), units, point.cacheBytes(), point.seed(), foresight);
    boolean looksAhead = Caches.has(point.cache(), Trait.SEES_FUTURE);
    StepChooser chooser = new StepChooser(recording, point.policy(), units, listener);
    ExpertGuess guess = ExpertGuess.of(point.speculation(), recording, units);
    ExpertDemand demand =
        new ExpertDemand(steps, units, point.speculation() != Speculation.NO_SPECULATION);
    for (int s = 0; s < steps.count() && !Thread.currentThread().isInterrupted(); s++) {
      Steps.Step step = steps.all().get(s);
      if (step.begins()) {
        if (looksAhead) {
          foresight.lookAhead(s);
        }
        caches.begin(point.start());
        chooser.begin();
        guess.begin();
      }
      guess.foresee(step, 0, caches.cached(0));
      for (int layer = 0; layer < units.layerCount(); layer++) {
        Batch batch = chooser.choose(step, layer, caches.cached(layer));
        guess.settle(layer, batch);
        demand.record(s, layer, batch, caches.cached(layer), guess);
        if (layer + 1 < units.layerCount()) {
          guess.foresee(step, layer + 1, caches.cached(layer + 1));
        }
        caches.play(layer, batch.units(), batch.count());
      }
      progress.advance(step.tokens());
    }
    return demand;
  }
}
