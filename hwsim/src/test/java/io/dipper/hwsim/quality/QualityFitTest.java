package io.dipper.hwsim.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.quality.QualityModel.Coefficients;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityFitTest {
  private static final Coefficients TRUE = new Coefficients(4.5, 2.2, 3.7, 2.1);

  /** Points of all kinds, from hardly any loss to much. */
  private static List<LostEnergy> points() {
    List<LostEnergy> points = new ArrayList<>();
    for (double share : new double[] {0.1, 0.3, 0.5, 1, 2}) {
      points.add(new LostEnergy(0.02 * share, 0.025 * share, 0));
      points.add(new LostEnergy(0, 0.04 * share, 0));
      points.add(new LostEnergy(0, 0, 0.04 * share));
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
    assertThat(model.coefficients().proxy()).isCloseTo(TRUE.proxy(), within(0.05));
    assertThat(model.coefficients().curvature()).isCloseTo(TRUE.curvature(), within(0.3));
    for (LostEnergy lost : points()) {
      assertThat(model.predict(lost).increase())
          .isCloseTo(TRUE.increase(lost), within(0.02 * TRUE.increase(lost)));
    }
  }

  @Test
  void gradient_isThatOfTheIncrease() {
    LostEnergy lost = new LostEnergy(0.03, 0.04, 0.02);
    double[] logs = {Math.log(4.5), Math.log(2.2), Math.log(3.7), Math.log(2.1)};
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

  private static Coefficients of(double[] logs) {
    return new Coefficients(
        Math.exp(logs[0]), Math.exp(logs[1]), Math.exp(logs[2]), Math.exp(logs[3]));
  }

  @Test
  void intervals_coverNineOfTenRuns_thatFollowTheModel() {
    Random random = new Random(5);
    double noise = 0.02;
    int inside = 0;
    int all = 0;
    for (int round = 0; round < 100; round++) {
      List<LiveSample> samples = new ArrayList<>();
      for (int i : new int[] {4, 6, 8, 9, 10, 11}) {
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
    Prediction predicted = prior.predict(new LostEnergy(0.02, 0, 0));
    assertThat(predicted.high() - predicted.low()).isGreaterThan(predicted.increase());
  }

  @Test
  void moreRuns_makeNarrowerIntervals_andTellLessThanTheFirst() {
    List<LiveSample> samples =
        points().stream().map(lost -> sample(lost, TRUE.increase(lost), 1e-3)).toList();
    LostEnergy asked = new LostEnergy(0.015, 0.02, 0);
    double[] widths =
        IntStream.of(0, 3, 9, 15)
            .mapToDouble(
                n -> {
                  Prediction predicted = QualityFit.fit(samples.subList(0, n)).predict(asked);
                  return (predicted.high() - predicted.low()) / predicted.increase();
                })
            .toArray();
    assertThat(widths[1]).isLessThan(widths[0]);
    assertThat(widths[3]).isLessThan(widths[1]);
    assertThat(QualityFit.fit(samples).information(asked))
        .isLessThan(QualityFit.fit(samples.subList(0, 3)).information(asked));
  }

  @Test
  void probabilityWithin_isAHalfAtThePrediction_andFollowsTheInterval() {
    QualityModel model =
        QualityFit.fit(
            points().stream().map(lost -> sample(lost, TRUE.increase(lost), 1e-3)).toList());
    LostEnergy lost = new LostEnergy(0.01, 0.01, 0);
    Prediction predicted = model.predict(lost);
    assertThat(model.probabilityWithin(lost, predicted.increase())).isCloseTo(0.5, within(1e-9));
    assertThat(model.probabilityWithin(lost, predicted.high())).isCloseTo(0.95, within(1e-6));
    assertThat(model.probabilityWithin(lost, predicted.low())).isCloseTo(0.05, within(1e-6));
  }
}
