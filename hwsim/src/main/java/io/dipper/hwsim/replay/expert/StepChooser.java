package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Recording;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what each step of a recording looks up, layer by layer. Not safe for use by many threads.
 */
final class StepChooser {
  private final RouterRows rows;
  private final ExpertSelector[] selectors;
  private final ExpertUnits units;
  private final @Nullable InsideRows inside;
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
    MaskInside mask = policy.inside();
    this.units = units;
    this.inside = mask == null ? null : new InsideRows(recording, mask, units.layers());
    this.choice = new ExpertChoice(units.experts());
    this.batch = new Batch(units.perLayer());
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
      batch.lose(lost.of(row, choice), choice.count() < row.perToken());
      listener.chosen(layer, step.row() + t, choice);
      add(layer, step.row() + t);
    }
    batch.close();
    return batch;
  }

  /** Adds the experts of a token, by rank, and the columns of each behind it. */
  private void add(int layer, int token) {
    for (int rank = 0; rank < choice.count(); rank++) {
      int expert = choice.expert(rank);
      batch.add(units.unit(expert));
      if (inside != null) {
        UnitSet mask = inside.mask(layer, token, rank);
        listener.masked(layer, token, rank, mask);
        for (int column = mask.next(0); column >= 0; column = mask.next(column + 1)) {
          batch.add(units.unit(expert, column));
        }
      }
    }
    batch.add(choice);
  }
}
