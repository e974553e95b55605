package io.dipper.verifier.design;

import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.QualityModel;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Runs that tell most of the model's coefficients: the ones whose increase the model knows least,
 * measured in the error that a live run would have (sequential D-optimal design). Increases that
 * drown in that error, and those beyond what anybody would accept, are left out while there are
 * others; so are masks that lose nearly the same as ones that were run.
 */
public final class SpreadDesign implements Design {
  private static final double LEAST_INCREASE = 0.01;
  private static final double MOST_INCREASE = 0.25;

  @Override
  public Optional<Trial> next(
      QualityModel model, Collection<Trial> open, Collection<LostEnergy> ran) {
    ToDoubleFunction<Trial> information = trial -> model.information(trial.lost());
    Stream<Trial> telling =
        open.stream()
            .filter(trial -> trial.costs(model, LEAST_INCREASE, MOST_INCREASE) && trial.isNew(ran));
    return Trial.best(telling, information).or(() -> Trial.best(open.stream(), information));
  }
}
