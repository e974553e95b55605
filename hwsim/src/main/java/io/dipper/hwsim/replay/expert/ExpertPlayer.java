package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import java.util.function.IntPredicate;

/**
 * One point's policy and caches of experts, which are taken through the steps of a recording: step
 * by step, and within a step layer by layer, each of which first chooses and then plays. What is
 * replayed and what is executed go through the same. Not safe for use by many threads.
 */
public final class ExpertPlayer {
  private final Steps steps;
  private final ExpertUnits units;
  private final ExpertPoint point;
  private final boolean looksAhead;
  private final Foresight foresight;
  private final ExpertCaches caches;
  private final StepChooser chooser;
  private final ExpertGuess guess;
  private Steps.Step step;
  private Batch batch;

  /**
   * A player before the first step.
   *
   * @param steps of the recording
   * @param listener hears which experts each token takes
   * @throws io.dipper.error.UserException if the recording lacks what the policy looks at, or the
   *     cache has no form for experts
   */
  public ExpertPlayer(
      Recording recording,
      Steps steps,
      ExpertUnits units,
      ExpertPoint point,
      ChoiceListener listener) {
    this.steps = steps;
    this.units = units;
    this.point = point;
    this.looksAhead = Caches.has(point.cache(), Trait.SEES_FUTURE);
    this.foresight =
        new Foresight(recording, point.policy(), steps, units, Caches.isGlobal(point.cache()));
    this.caches =
        new ExpertCaches(point.cache(), units, point.cacheBytes(), point.seed(), foresight);
    this.chooser = new StepChooser(recording, point.policy(), units, listener);
    this.guess = ExpertGuess.of(point.speculation(), recording, units);
    this.step = new Steps.Step(false, 0, 0, false);
    this.batch = new Batch(0);
  }

  /** Turns to a step, the one after the last; a sequence may begin with it. */
  public void enter(int index) {
    step = steps.all().get(index);
    if (step.begins()) {
      if (looksAhead) {
        foresight.lookAhead(index);
      }
      caches.begin(point.start());
      chooser.begin();
      guess.begin();
    }
    guess.foresee(step, 0, caches.cached(0));
  }

  /**
   * Chooses the units of a layer, before its cache changes.
   *
   * @param layer counted among those that have experts, the one after the last
   */
  public void choose(int layer) {
    batch = chooser.choose(step, layer, caches.cached(layer));
    guess.settle(layer, batch);
  }

  /** Has the cache take what the layer has chosen. */
  public void play(int layer) {
    if (layer + 1 < units.layerCount()) {
      guess.foresee(step, layer + 1, caches.cached(layer + 1));
    }
    caches.play(layer, batch.units(), batch.count());
  }

  /** Goes through a whole step of which nobody wants to know more. */
  public void pass(int index) {
    enter(index);
    for (int layer = 0; layer < units.layerCount(); layer++) {
      choose(layer);
      play(layer);
    }
  }

  /** Whether a unit of a layer is cached, which is an expert where these have no columns. */
  public IntPredicate cached(int layer) {
    return caches.cached(layer);
  }

  /** How many distinct units the layer has chosen. */
  public int count() {
    return batch.count();
  }

  /** One of them, in the order of their last use in the step. */
  public int unit(int index) {
    return batch.units()[index];
  }

  Batch batch() {
    return batch;
  }

  ExpertGuess guess() {
    return guess;
  }
}
