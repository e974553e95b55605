package io.dipper.hwsim.study.quality;

import io.dipper.hwsim.study.quality.QualityModel.Coefficients;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/**
 * Fits a quality model to live runs: weighted least squares on the logarithms of the coefficients,
 * which keeps them positive, with a weak prior, which keeps those that no run tells of where they
 * usually are. Any number of runs will do; few make wide intervals.
 */
public final class QualityFit {
  /**
   * Between what two models of different size were found to have, and the standard deviations of
   * the logarithms.
   */
  private static final double[] PRIOR =
      DoubleStream.of(Coefficients.of(3, 2, 1.5, 1.5, 3, 0.001, 1, 0.3).values())
          .map(Math::log)
          .toArray();

  private static final double[] PRIOR_DEVIATION = {1.5, 1.5, 1.5, 1.5, 1.5, 1, 1.5, 1.5};

  /** Points are never taken to be nearer to the curve than that, relative to the increase. */
  private static final double LEAST_SPREAD = 0.05;

  private static final double MOST_SPREAD = 0.5;
  private static final int ROUNDS = 5;
  private static final int ITERATIONS = 1000;

  private QualityFit() {}

  /** The model of some live runs; with none it is the prior. */
  public static QualityModel fit(List<LiveSample> samples) {
    double noise = noise(samples);
    double spread = LEAST_SPREAD;
    for (int round = 0; round < ROUNDS; round++) {
      spread = spread(leaveOneOut(samples, spread, noise), spread, noise);
    }
    return fit(samples, spread, noise);
  }

  /**
   * What the model predicts for each run, in nats, when it is fitted on the others.
   *
   * @param whole the model of all of them
   */
  public static double[] leaveOneOut(List<LiveSample> samples, QualityModel whole) {
    return leaveOneOut(samples, whole.spread(), whole.noise()).stream()
        .mapToDouble(Left::predicted)
        .toArray();
  }

  private record Left(LiveSample sample, double predicted, double variance) {
    double residual() {
      return predicted - sample.increase();
    }
  }

  private static List<Left> leaveOneOut(List<LiveSample> samples, double spread, double noise) {
    List<Left> left = new ArrayList<>();
    for (LiveSample sample : samples) {
      List<LiveSample> others = samples.stream().filter(s -> s != sample).toList();
      QualityModel model = fit(others, spread, noise);
      left.add(
          new Left(
              sample,
              model.coefficients().increase(sample.lost()),
              model.coefficientVariance(sample.lost())));
    }
    return left;
  }

  /**
   * What of the misses is explained neither by the runs' errors nor by the coefficients', relative
   * to the prediction: the mean of its estimates from each run, which weigh by how exact they are.
   * A run that alone tells of a coefficient says little of the curve.
   *
   * @param before the spread so far
   */
  private static double spread(List<Left> left, double before, double noise) {
    double sum = 0;
    double weights = 0;
    for (Left one : left) {
      double scale = one.predicted() * one.predicted();
      double explained = (variance(one.sample(), 0, noise) + one.variance()) / scale;
      double weight = 1 / Math.pow(explained + before * before, 2);
      sum += weight * (one.residual() * one.residual() / scale - explained);
      weights += weight;
    }
    double found = left.isEmpty() ? 0 : Math.sqrt(Math.max(0, sum / weights));
    return Math.min(MOST_SPREAD, Math.max(LEAST_SPREAD, found));
  }

  /** The root mean square of standard error / √increase over the runs. */
  private static double noise(List<LiveSample> samples) {
    return Math.sqrt(
        samples.stream()
            .filter(s -> s.increase() > s.standardError())
            .mapToDouble(s -> s.standardError() * s.standardError() / s.increase())
            .average()
            .orElse(0));
  }

  private static double variance(LiveSample sample, double spread, double noise) {
    double own =
        Double.isNaN(sample.standardError())
            ? noise * Math.sqrt(Math.max(0, sample.increase()))
            : sample.standardError();
    double curve = spread * sample.increase();
    return own * own + curve * curve;
  }

  private static QualityModel fit(List<LiveSample> samples, double spread, double noise) {
    Optimum optimum =
        new LevenbergMarquardtOptimizer()
            .optimize(
                new LeastSquaresBuilder()
                    .start(PRIOR)
                    .target(new double[samples.size() + PRIOR.length])
                    .model(logs -> residuals(logs, samples, spread, noise))
                    .lazyEvaluation(false)
                    .maxEvaluations(ITERATIONS)
                    .maxIterations(ITERATIONS)
                    .build());
    return new QualityModel(
        coefficients(optimum.getPoint()), optimum.getCovariances(1e-14).getData(), spread, noise);
  }

  /** Every run's miss and every coefficient's distance from the prior, in standard deviations. */
  private static Pair<RealVector, RealMatrix> residuals(
      RealVector logs, List<LiveSample> samples, double spread, double noise) {
    Coefficients coefficients = coefficients(logs);
    double[] values = new double[samples.size() + PRIOR.length];
    double[][] jacobian = new double[values.length][];
    for (int s = 0; s < samples.size(); s++) {
      LiveSample sample = samples.get(s);
      double weight = 1 / Math.sqrt(Math.max(1e-12, variance(sample, spread, noise)));
      values[s] = weight * (coefficients.increase(sample.lost()) - sample.increase());
      double[] gradient = coefficients.gradient(sample.lost());
      jacobian[s] =
          IntStream.range(0, PRIOR.length).mapToDouble(i -> weight * gradient[i]).toArray();
    }
    for (int i = 0; i < PRIOR.length; i++) {
      double[] row = new double[PRIOR.length];
      row[i] = 1 / PRIOR_DEVIATION[i];
      values[samples.size() + i] = (logs.getEntry(i) - PRIOR[i]) / PRIOR_DEVIATION[i];
      jacobian[samples.size() + i] = row;
    }
    return Pair.create(
        new ArrayRealVector(values, false), new Array2DRowRealMatrix(jacobian, false));
  }

  private static Coefficients coefficients(RealVector logs) {
    return Coefficients.of(logs.map(Math::exp).toArray());
  }
}
