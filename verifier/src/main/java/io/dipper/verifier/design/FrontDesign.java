package io.dipper.verifier.design;

import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.QualityModel;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.ParetoFront;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs on the predicted front of speed, memory and perplexity, the least certain first: where a
 * wrong prediction would mislead.
 */
public final class FrontDesign implements Design {
  private static final double LEAST_INCREASE = 0.005;
  private static final double MOST_INCREASE = 0.3;

  @Override
  public Optional<Trial> next(
      QualityModel model, Collection<Trial> open, Collection<LostEnergy> ran) {
    List<Candidate> all =
        open.stream()
            .flatMap(
                trial -> {
                  double quality = -model.predict(trial.lost()).increase();
                  return trial.candidates().stream().map(c -> c.withQuality(quality));
                })
            .toList();
    Set<String> front =
        ParetoFront.of(all).stream().map(Candidate::pointId).collect(Collectors.toSet());
    Stream<Trial> uncertain =
        open.stream()
            .filter(trial -> trial.candidates().stream().anyMatch(c -> front.contains(c.pointId())))
            .filter(trial -> trial.costs(model, LEAST_INCREASE, MOST_INCREASE) && trial.isNew(ran));
    return Trial.best(uncertain, trial -> model.information(trial.lost()));
  }
}
