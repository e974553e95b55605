package io.dipper.verifier.budget;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.Candidates;
import io.dipper.verifier.candidate.Goal;
import io.dipper.verifier.scope.ScopedPoint;
import io.dipper.verifier.scope.VerifiedPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The goals of a budget search: for every device and budget the fastest and the smallest point. */
public final class BudgetGoals {
  private final Map<String, List<Candidate>> byDevice = new LinkedHashMap<>();
  private final double densePerplexity;
  private final List<Double> budgets;

  private final Map<String, PointRow> denseStreams = new HashMap<>();

  public BudgetGoals(Collection<ScopedPoint> points, double densePerplexity, List<Double> budgets) {
    for (ScopedPoint point : points) {
      PointRow row = point.row();
      String device = Candidates.device(row);
      byDevice
          .computeIfAbsent(device, name -> new ArrayList<>())
          .add(Candidates.of(row, Candidates.family(point.planned().config())));
      if (!row.isMasked()) {
        denseStreams.merge(
            device, row, (a, b) -> b.time().tokensPerSecond() > a.time().tokensPerSecond() ? b : a);
      }
    }
    this.densePerplexity = densePerplexity;
    this.budgets = budgets;
  }

  /** Every goal of the search. */
  public List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    for (String device : byDevice.keySet()) {
      for (double budget : budgets) {
        goals.add(goal(device, budget, Goal.Kind.FASTEST));
        goals.add(goal(device, budget, Goal.Kind.SMALLEST));
      }
    }
    return goals;
  }

  private Goal goal(String device, double budget, Goal.Kind kind) {
    double most = densePerplexity + budget;
    return new Goal(device, most, Math.log(most / densePerplexity), kind);
  }

  /** The points of a goal's device. */
  public List<Candidate> candidates(Goal goal) {
    return byDevice.getOrDefault(goal.device(), List.of());
  }

  /**
   * The answers, by device and budget.
   *
   * @param confirmed whether every point that could be better was ruled out
   */
  public List<BudgetAnswer> answers(
      Function<Goal, @Nullable VerifiedPoint> best, boolean confirmed) {
    List<BudgetAnswer> answers = new ArrayList<>();
    for (String device : byDevice.keySet()) {
      for (double budget : budgets) {
        answers.add(
            new BudgetAnswer(
                device,
                denseStreams.get(device),
                budget,
                best.apply(goal(device, budget, Goal.Kind.FASTEST)),
                best.apply(goal(device, budget, Goal.Kind.SMALLEST)),
                confirmed));
      }
    }
    return answers;
  }
}
