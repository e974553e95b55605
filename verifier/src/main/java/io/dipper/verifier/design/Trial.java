package io.dipper.verifier.design;

import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.QualityModel;
import io.dipper.verifier.candidate.Candidate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A live run that may be made: masks that were not seen live yet, and the points whose perplexity
 * it would tell, on all devices.
 *
 * @param name of policy, cache and capacity, for people
 * @param lost what its masks lose
 * @param candidates the points
 */
public record Trial(String name, LostEnergy lost, List<Candidate> candidates) {
  public Trial {
    candidates = List.copyOf(candidates);
  }

  /** Whether it is expected to cost so much, in nats. */
  public boolean costs(QualityModel model, double least, double most) {
    double increase = model.predict(lost).increase();
    return increase >= least && increase <= most;
  }

  /** Whether no run lost nearly the same: on the same tokens it would repeat that one's error. */
  public boolean isNew(Collection<LostEnergy> ran) {
    return ran.stream().noneMatch(lost::isNear);
  }

  /** The trial of most worth; among equals the first by name. */
  public static Optional<Trial> best(Stream<Trial> trials, ToDoubleFunction<Trial> worth) {
    return trials.max(
        Comparator.comparingDouble(worth)
            .thenComparing(Comparator.comparing(Trial::name).reversed()));
  }
}
