package io.dipper.verifier.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.verifier.candidate.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BudgetSearchTest {

  /** A point whose loss is known: it falls with density within a family, at the family's rate. */
  private static Candidate point(String family, int step, double speedOfDense, double gain) {
    double density = step / 10.0;
    double speed = speedOfDense + gain * (1 - density);
    return new Candidate(family + step, "device", family, density, density, speed, 100);
  }

  private static double loss(Candidate point) {
    return (point.family().charAt(0) - 'a' + 1) * (1 - point.density());
  }

  @Test
  void fastest_isTheSparsestOfItsFamilyWithinTheBudget() {
    List<Candidate> points = new ArrayList<>();
    for (int step = 1; step <= 9; step++) {
      points.add(point("a", step, 10, 100));
    }
    Candidate best = new BudgetSearch(p -> loss(p) <= 0.35).best(points, Candidate.FASTEST);
    assertThat(best).returns("a7", Candidate::pointId);
  }

  @Test
  void nothing_isFoundWhereEveryPointBreaksTheBudget() {
    List<Candidate> points = List.of(point("a", 3, 10, 10), point("b", 5, 10, 10));
    assertThat(new BudgetSearch(p -> false).best(points, Candidate.FASTEST)).isNull();
  }

  /** Nine points, two families: bisection of one (4 runs), one run to rule the other out. */
  @Test
  void aFamilyThatCannotWin_costsOneRun() {
    List<Candidate> points = new ArrayList<>();
    for (int step = 1; step <= 9; step++) {
      points.add(point("a", step, 10, 100));
      points.add(point("z", step, 10, 99));
    }
    Set<String> runs = new TreeSet<>();
    new BudgetSearch(
            p -> {
              runs.add(p.pointId());
              return loss(p) <= 0.35;
            })
        .best(points, Candidate.FASTEST);
    assertThat(runs.stream().filter(id -> id.startsWith("z"))).hasSize(1);
    assertThat(runs).hasSizeLessThanOrEqualTo(5);
  }

  @Property(tries = 500)
  void best_equalsExhaustiveSearch(
      @ForAll("points") List<Candidate> points, @ForAll("budgets") double budget) {
    for (Comparator<Candidate> order : List.of(Candidate.FASTEST, Candidate.SMALLEST)) {
      Candidate found = new BudgetSearch(p -> loss(p) <= budget).best(points, order);
      Candidate exhaustive = points.stream().filter(p -> loss(p) <= budget).min(order).orElse(null);
      assertThat(found).isEqualTo(exhaustive);
    }
  }

  @Property(tries = 200)
  void theAnswer_wasRun_neverInferred(@ForAll("points") List<Candidate> points) {
    List<Candidate> runs = new ArrayList<>();
    Candidate found =
        new BudgetSearch(
                p -> {
                  runs.add(p);
                  return loss(p) <= 1;
                })
            .best(points, Candidate.FASTEST);
    if (found != null) {
      assertThat(runs).contains(found);
    }
  }

  /** Speeds and sizes at random, so that a denser point may also be the faster or smaller one. */
  @Provide
  Arbitrary<List<Candidate>> points() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c", "d"),
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(1, 30),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 1_000_000))
        .as(
            (family, density, speed, size, id) ->
                new Candidate(
                    family + id, "device", family, density / 20.0, density / 20.0, speed, size))
        .list()
        .ofMaxSize(40)
        .uniqueElements(Candidate::pointId);
  }

  @Provide
  Arbitrary<Double> budgets() {
    return Arbitraries.doubles().between(0, 3);
  }
}
