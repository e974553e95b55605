package io.dipper.hwsim.replay.expert;

import io.dipper.trace.Recording;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Chooses what each step of a recording looks up, layer by layer. Not safe for use by many threads.
 */
final class StepChooser {
  private final RouterRows rows;
  private final ExpertSelector[] selectors;
  private final ExpertChoice choice;
  private final Batch batch;
  private final LostWeight lost;
  private final ChoiceListener listener;

  /**
   * @param listener hears which experts each token takes
   */
  StepChooser(
      Recording recording, ExpertPolicy policy, ExpertUnits units, ChoiceListener listener) {
    this.rows = new RouterRows(recording);
    this.selectors =
        Arrays.stream(units.layers()).mapToObj(policy::experts).toArray(ExpertSelector[]::new);
    this.choice = new ExpertChoice(units.experts());
    this.batch = new Batch(units.experts());
    this.lost = new LostWeight(units.experts());
    this.listener = listener;
  }

  /** A sequence begins. */
  void begin() {
    for (ExpertSelector selector : selectors) {
      selector.begin();
    }
  }

  /** What a step looks up in a layer, valid until the next call. */
  Batch choose(Steps.Step step, int layer, IntPredicate cached) {
    batch.clear();
    for (int t = 0; t < step.tokens(); t++) {
      RouterRow row = rows.read(layer, step.row() + t);
      selectors[layer].select(row, step.decode(), cached, choice);
      batch.add(choice);
      batch.lose(lost.of(row, choice), choice.count() < row.perToken());
      listener.chosen(layer, step.row() + t, choice);
    }
    batch.close();
    return batch;
  }
}
