package io.dipper.verifier.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.study.quality.LiveSample;
import io.dipper.hwsim.study.quality.LostEnergy;
import io.dipper.hwsim.study.quality.LostWeights;
import io.dipper.hwsim.study.quality.QualityFit;
import io.dipper.hwsim.study.quality.QualityModel;
import io.dipper.verifier.budget.BudgetDesign;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Designs in a world whose losses are known: a curve, and points that lie about it. */
class DesignTest {
  private static final QualityModel.Coefficients TRUE =
      new QualityModel.Coefficients(4.5, 2.2, 3.7, 3.1, 2.1, 0.002, new LostWeights(1.2, 0.3));

  private final List<Trial> open = new ArrayList<>();
  private final List<LiveSample> done = new ArrayList<>();
  private final List<Trial> ran = new ArrayList<>();
  private final List<Double> truth = new ArrayList<>();
  private final List<Trial> all = new ArrayList<>();

  /** Points that get faster as they lose more, of two kinds, on one device. */
  private void world(long seed, int points) {
    Random random = new Random(seed);
    for (int i = 0; i < points; i++) {
      double share = 0.02 + 2 * random.nextDouble() * random.nextDouble();
      boolean dip = random.nextBoolean();
      LostEnergy lost =
          dip
              ? new LostEnergy(0.02 * share, 0.025 * share, 0, 0)
              : new LostEnergy(0, 0, 0.04 * share, 0);
      double increase = TRUE.increase(lost) * (1 + 0.05 * random.nextGaussian());
      double speed = 10 + 40 * Math.sqrt(share) + 5 * random.nextDouble();
      Candidate candidate =
          new Candidate("p" + i, "phone", "", 1, 0, speed, 1e8 * (1 + random.nextDouble()));
      Trial trial = new Trial("p" + i, lost, List.of(candidate));
      all.add(trial);
      truth.add(increase);
    }
    open.addAll(all);
  }

  private void run(Trial trial) {
    double increase = truth.get(all.indexOf(trial));
    open.remove(trial);
    ran.add(trial);
    done.add(new LiveSample(trial.name(), trial.lost(), increase, 0.01 * Math.sqrt(increase)));
  }

  private List<LostEnergy> lost() {
    return done.stream().map(LiveSample::lost).toList();
  }

  private boolean run(Design design, int most) {
    for (int runs = 0; runs < most; runs++) {
      Optional<Trial> next = design.next(QualityFit.fit(done), open, lost());
      if (next.isEmpty()) {
        return true;
      }
      run(next.get());
    }
    return false;
  }

  private @Nullable Candidate best(Goal goal, List<Trial> among) {
    return among.stream()
        .filter(trial -> truth.get(all.indexOf(trial)) <= goal.mostIncrease())
        .map(trial -> trial.candidates().get(0))
        .min(goal.kind().order())
        .orElse(null);
  }

  @Property(tries = 30)
  void budgetSearch_comesNearTheBestOfHundreds_withEightRuns(@ForAll("seeds") long seed) {
    world(seed, 300);
    Goal goal = new Goal("phone", 0, 0.05, Goal.Kind.FASTEST);
    run(new SpreadDesign(), 3);
    run(new BudgetDesign(List.of(goal), g -> best(g, ran)), 5);
    Candidate found = Objects.requireNonNull(best(goal, ran));
    Candidate truly = Objects.requireNonNull(best(goal, all));
    assertThat(found.tokensPerSecond()).isGreaterThan(0.9 * truly.tokensPerSecond());
    assertThat(ran).hasSizeLessThanOrEqualTo(8);
    clear();
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().between(1, 1_000_000);
  }

  private void clear() {
    List.of(open, done, ran, truth, all).forEach(List::clear);
  }

  @Test
  void budgetSearch_stops_whenNothingPromisesToBeBetter() {
    world(3, 100);
    Goal goal = new Goal("phone", 0, 0.05, Goal.Kind.FASTEST);
    run(new SpreadDesign(), 3);
    assertThat(run(new BudgetDesign(List.of(goal), g -> best(g, ran)), 100)).isTrue();
    assertThat(ran).hasSizeLessThan(30);
    assertThat(best(goal, ran)).isEqualTo(best(goal, all));
  }

  @Test
  void spread_runsBothKinds_beforeItRunsOneTwice() {
    world(7, 200);
    run(new SpreadDesign(), 2);
    assertThat(ran).anyMatch(t -> t.lost().gate() > 0).anyMatch(t -> t.lost().input() > 0);
  }

  @Test
  void spread_doesNotRepeatWhatLosesNearlyTheSame() {
    world(13, 200);
    run(new SpreadDesign(), 6);
    for (LiveSample one : done) {
      assertThat(done)
          .filteredOn(other -> other != one)
          .noneMatch(other -> one.lost().isNear(other.lost()));
    }
  }

  @Test
  void spread_leavesOutIncreasesThatDrownInTheirError_andThoseNobodyAccepts() {
    world(9, 200);
    run(new SpreadDesign(), 6);
    assertThat(done).extracting(LiveSample::increase).allMatch(x -> x > 0.003 && x < 0.8);
  }

  @Test
  void front_runsOnlyWhatNothingElseBeats() {
    world(11, 100);
    run(new SpreadDesign(), 4);
    QualityModel model = QualityFit.fit(done);
    Trial chosen = new FrontDesign().next(model, open, lost()).orElseThrow();
    double predicted = model.predict(chosen.lost()).increase();
    Candidate own = chosen.candidates().get(0);
    assertThat(open)
        .noneMatch(
            other ->
                model.predict(other.lost()).increase() < predicted
                    && other.candidates().get(0).tokensPerSecond() > own.tokensPerSecond()
                    && other.candidates().get(0).residentBytes() < own.residentBytes());
  }

  @Test
  void fasterAndSmaller_areGainsAsSharesOfTheOther() {
    Candidate slow = new Candidate("a", "d", "", 1, 0, 10, 200);
    Candidate fast = new Candidate("b", "d", "", 1, 0, 12, 100);
    assertThat(Goal.Kind.FASTEST.gain(slow, fast)).isEqualTo(0.2, within(1e-12));
    assertThat(Goal.Kind.SMALLEST.gain(slow, fast)).isEqualTo(1);
    assertThat(
            List.of(slow, fast).stream()
                .min(Comparator.comparing(c -> c, Goal.Kind.FASTEST.order())))
        .contains(fast);
  }
}
