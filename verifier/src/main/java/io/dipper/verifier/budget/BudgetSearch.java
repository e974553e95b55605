package io.dipper.verifier.budget;

import io.dipper.verifier.candidate.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best point that keeps a loss budget, with few live runs.
 *
 * <p>It assumes one thing: within a family (the same policy, cache and memory), a point that keeps
 * more loses less. So a family is bisected, and of the next family only the points that would beat
 * the best one so far are looked at: if even the densest of them breaks the budget, one run has
 * ruled the family out. The answer itself, and its next better sibling that fails, were always run,
 * never inferred.
 */
public final class BudgetSearch {
  private final Predicate<Candidate> keepsBudget;

  /**
   * @param keepsBudget whether a point's live perplexity is within the budget: one live run, unless
   *     it was run before
   */
  public BudgetSearch(Predicate<Candidate> keepsBudget) {
    this.keepsBudget = keepsBudget;
  }

  /**
   * The best point within the budget, or null if there is none.
   *
   * @param order the better point first; never 0 for different points
   */
  public @Nullable Candidate best(List<Candidate> points, Comparator<Candidate> order) {
    Candidate best = null;
    for (List<Candidate> family : families(points, order)) {
      Candidate bound = best;
      List<Candidate> better =
          family.stream().filter(p -> bound == null || order.compare(p, bound) < 0).toList();
      Candidate found = bisect(better, bound != null);
      best = found == null ? best : found;
    }
    return best;
  }

  /**
   * The families, each from its sparsest to its densest point and without points that a denser
   * sibling beats; the family with the best point first.
   */
  private static List<List<Candidate>> families(
      List<Candidate> points, Comparator<Candidate> order) {
    Map<String, List<Candidate>> byName = new TreeMap<>();
    for (Candidate point : points) {
      byName.computeIfAbsent(point.family(), name -> new ArrayList<>()).add(point);
    }
    List<List<Candidate>> families = new ArrayList<>();
    for (List<Candidate> family : byName.values()) {
      families.add(withoutBeaten(family, order));
    }
    families.sort((a, b) -> order.compare(a.get(0), b.get(0)));
    return families;
  }

  private static List<Candidate> withoutBeaten(
      List<Candidate> family, Comparator<Candidate> order) {
    List<Candidate> densestFirst = new ArrayList<>(family);
    densestFirst.sort(
        Comparator.comparingDouble(Candidate::density).reversed().thenComparing(order));
    List<Candidate> kept = new ArrayList<>();
    for (Candidate point : densestFirst) {
      if (kept.isEmpty() || order.compare(point, kept.get(0)) < 0) {
        kept.add(0, point);
      }
    }
    return kept;
  }

  /** The sparsest point that keeps the budget, or null. */
  private @Nullable Candidate bisect(List<Candidate> sparsestFirst, boolean ruleOutFirst) {
    int passes = sparsestFirst.size();
    if (passes == 0) {
      return null;
    }
    if (ruleOutFirst) {
      if (!keepsBudget.test(sparsestFirst.get(passes - 1))) {
        return null;
      }
      passes--;
    }
    int from = 0;
    while (from < passes) {
      int middle = (from + passes) >>> 1;
      if (keepsBudget.test(sparsestFirst.get(middle))) {
        passes = middle;
      } else {
        from = middle + 1;
      }
    }
    return passes == sparsestFirst.size() ? null : sparsestFirst.get(passes);
  }
}
