package io.dipper.hwsim.study.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.study.quality.QualityModel.Coefficients;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityFitTest {
  private static final Coefficients TRUE =
      new Coefficients(4.5, 2.2, 3.7, 3.1, 2.1, 0.002, new LostWeights(1.2, 0.3));

  /** Points of all kinds, from hardly any loss to much. */
  private static List<LostEnergy> points() {
    List<LostEnergy> points = new ArrayList<>();
    for (double share : new double[] {0.1, 0.3, 0.5, 1, 2}) {
      points.add(new LostEnergy(0.02 * share, 0.025 * share, 0, 0));
      points.add(new LostEnergy(0, 0.04 * share, 0, 0));
      points.add(new LostEnergy(0, 0, 0.04 * share, 0));
      points.add(new LostEnergy(0, 0, 0, 0.04 * share));
      points.add(new LostEnergy(0, 0, 0, 0, new LostWeights(0.2 * share, 0)));
      points.add(new LostEnergy(0, 0, 0, 0, new LostWeights(0, 0.2 * share)));
    }
    return points;
  }

  private static LiveSample sample(LostEnergy lost, double increase, double error) {
    return new LiveSample(lost.toString(), lost, increase, error);
  }

  @Test
  void coefficients_areFoundAgain_whereRunsHaveNoError() {
    List<LiveSample> samples =
        points().stream().map(lost -> sample(lost, TRUE.increase(lost), 1e-6)).toList();
    QualityModel model = QualityFit.fit(samples);
    assertThat(model.coefficients().input()).isCloseTo(TRUE.input(), within(0.2));
    assertThat(model.coefficients().glu()).isCloseTo(TRUE.glu(), within(0.1));
    assertThat(model.coefficients().gate()).isCloseTo(TRUE.gate(), within(0.05));
    assertThat(model.coefficients().up()).isCloseTo(TRUE.up(), within(0.05));
    assertThat(model.coefficients().curvature()).isCloseTo(TRUE.curvature(), within(0.3));
    assertThat(model.coefficients().closed()).isCloseTo(TRUE.closed(), within(0.0002));
    assertThat(model.coefficients().router().fewer()).isCloseTo(1.2, within(0.05));
    assertThat(model.coefficients().router().others()).isCloseTo(0.3, within(0.05));
    for (LostEnergy lost : points()) {
      assertThat(model.predict(lost).increase())
          .isCloseTo(TRUE.increase(lost), within(0.02 * TRUE.increase(lost)));
    }
  }

  @Test
  void gradient_isThatOfTheIncrease() {
    LostEnergy lost = new LostEnergy(0.03, 0.04, 0.02, 0.01);
    double[] logs = DoubleStream.of(TRUE.values()).map(Math::log).toArray();
    double[] gradient = of(logs).gradient(lost);
    for (int i = 0; i < logs.length; i++) {
      double[] more = logs.clone();
      double[] less = logs.clone();
      more[i] += 1e-5;
      less[i] -= 1e-5;
      double slope = (of(more).increase(lost) - of(less).increase(lost)) / 2e-5;
      assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  void whatAGateLeavesOutFirst_isNearlyFree_andThenAsDearAsItsPrice() {
    double closed = TRUE.closed();
    Coefficients flat = new Coefficients(0, 0, TRUE.gate(), 0, 0, closed, LostWeights.NONE);
    assertThat(flat.increase(new LostEnergy(0, 0, closed, 0)))
        .isCloseTo(TRUE.gate() * closed / 2, within(1e-12));
    assertThat(flat.increase(new LostEnergy(0, 0, closed / 100, 0)))
        .isLessThan(0.01 * TRUE.gate() * closed / 100);
    assertThat(flat.increase(new LostEnergy(0, 0, 1000 * closed, 0)))
        .isCloseTo(TRUE.gate() * 999 * closed, within(1e-3 * TRUE.gate() * closed));
  }

  private static Coefficients of(double[] logs) {
    return Coefficients.of(DoubleStream.of(logs).map(Math::exp).toArray());
  }

  @Test
  void intervals_coverNineOfTenRuns_thatFollowTheModel() {
    Random random = new Random(5);
    double noise = 0.02;
    int inside = 0;
    int all = 0;
    for (int round = 0; round < 100; round++) {
      List<LiveSample> samples = new ArrayList<>();
      for (int i : new int[] {5, 8, 10, 12, 14, 15}) {
        LostEnergy lost = points().get(i);
        double increase = TRUE.increase(lost);
        double error = noise * Math.sqrt(increase);
        double off = 0.05 * increase * random.nextGaussian() + error * random.nextGaussian();
        samples.add(sample(lost, increase + off, error));
      }
      QualityModel model = QualityFit.fit(samples);
      for (LostEnergy lost : points()) {
        double increase = TRUE.increase(lost);
        double off = 0.05 * increase * random.nextGaussian();
        double live = increase + off + noise * Math.sqrt(increase) * random.nextGaussian();
        Prediction predicted = model.predict(lost);
        inside += predicted.low() <= live && live <= predicted.high() ? 1 : 0;
        all++;
      }
    }
    assertThat((double) inside / all).isBetween(0.85, 0.98);
  }

  @Test
  void noRuns_leaveThePrior_andWideIntervals() {
    QualityModel prior = QualityFit.fit(List.of());
    assertThat(prior.coefficients().input()).isCloseTo(3, within(1e-6));
    Prediction predicted = prior.predict(new LostEnergy(0.02, 0, 0, 0));
    assertThat(predicted.high() - predicted.low()).isGreaterThan(predicted.increase());
  }

  @Test
  void moreRuns_makeNarrowerIntervals_andTellLessThanTheFirst() {
    List<LiveSample> samples =
        points().stream().map(lost -> sample(lost, TRUE.increase(lost), 1e-3)).toList();
    LostEnergy asked = new LostEnergy(0.015, 0.02, 0, 0);
    double[] widths =
        IntStream.of(0, 4, 12, 20)
            .mapToDouble(
                n -> {
                  Prediction predicted = QualityFit.fit(samples.subList(0, n)).predict(asked);
                  return (predicted.high() - predicted.low()) / predicted.increase();
                })
            .toArray();
    assertThat(widths[1]).isLessThan(widths[0]);
    assertThat(widths[3]).isLessThan(widths[1]);
    assertThat(QualityFit.fit(samples).information(asked))
        .isLessThan(QualityFit.fit(samples.subList(0, 4)).information(asked));
  }

  @Test
  void probabilityWithin_isAHalfAtThePrediction_andFollowsTheInterval() {
    QualityModel model =
        QualityFit.fit(
            points().stream().map(lost -> sample(lost, TRUE.increase(lost), 1e-3)).toList());
    LostEnergy lost = new LostEnergy(0.01, 0.01, 0, 0);
    Prediction predicted = model.predict(lost);
    assertThat(model.probabilityWithin(lost, predicted.increase())).isCloseTo(0.5, within(1e-9));
    assertThat(model.probabilityWithin(lost, predicted.high())).isCloseTo(0.95, within(1e-6));
    assertThat(model.probabilityWithin(lost, predicted.low())).isCloseTo(0.05, within(1e-6));
  }
}
