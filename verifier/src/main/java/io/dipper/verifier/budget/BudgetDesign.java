package io.dipper.verifier.budget;

import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.QualityModel;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.Goal;
import io.dipper.verifier.design.Design;
import io.dipper.verifier.design.Trial;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs that are expected to improve most on the best points found so far: for each goal, the chance
 * that a point keeps the budget times how much better it would be, summed over all goals that the
 * run serves. When no run promises more than a per cent, the winners are confirmed.
 */
public final class BudgetDesign implements Design {
  /** An improvement that is not worth a live run. */
  private static final double LEAST_GAIN = 0.01;

  /** What a first point within the budget is worth, where there is none yet. */
  private static final double FIRST = 1;

  private final List<Goal> goals;
  private final Function<Goal, @Nullable Candidate> incumbents;

  /**
   * @param incumbents the best point of a goal that was run and keeps its budget, or null
   */
  public BudgetDesign(List<Goal> goals, Function<Goal, @Nullable Candidate> incumbents) {
    this.goals = goals;
    this.incumbents = incumbents;
  }

  @Override
  public Optional<Trial> next(
      QualityModel model, Collection<Trial> open, Collection<LostEnergy> ran) {
    Map<Goal, @Nullable Candidate> best = new HashMap<>();
    goals.forEach(goal -> best.put(goal, incumbents.apply(goal)));
    return Trial.best(open.stream(), trial -> expectedGain(model, trial, best))
        .filter(trial -> expectedGain(model, trial, best) > LEAST_GAIN);
  }

  private double expectedGain(
      QualityModel model, Trial trial, Map<Goal, @Nullable Candidate> best) {
    return goals.stream()
        .mapToDouble(
            goal ->
                gain(goal, trial, best.get(goal))
                    * model.probabilityWithin(trial.lost(), goal.mostIncrease()))
        .sum();
  }

  private static double gain(Goal goal, Trial trial, @Nullable Candidate incumbent) {
    Optional<Candidate> own =
        trial.candidates().stream()
            .filter(c -> c.device().equals(goal.device()))
            .min(goal.kind().order());
    if (own.isEmpty()) {
      return 0;
    }
    return incumbent == null
        ? FIRST
        : Math.max(0, Math.min(FIRST, goal.kind().gain(incumbent, own.get())));
  }
}
