package io.dipper.hwsim.profile.fit;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/**
 * Least squares between logarithms of measurements and those of a model, over the logarithms of the
 * model's numbers (Levenberg-Marquardt, from several starts).
 */
final class LogLeastSquares {
  private static final int STEPS = 1000;
  private static final double DIFFERENCE = 1e-6;

  private final double[] measured;
  private final MultivariateJacobianFunction model;

  /**
   * @param measured logarithms
   * @param model logarithms of what numbers give, whose logarithms it is given, and their slopes
   */
  LogLeastSquares(double[] measured, MultivariateJacobianFunction model) {
    this.measured = measured.clone();
    this.model = model;
  }

  /**
   * Least squares with slopes by forward differences.
   *
   * @param measured logarithms
   * @param model logarithms of what numbers give, whose logarithms it is given
   */
  static LogLeastSquares byDifferences(double[] measured, UnaryOperator<double[]> model) {
    return new LogLeastSquares(measured, at -> valuesAndSlopes(model, at.toArray()));
  }

  /** The logarithms of the numbers that come nearest, of all that the starts lead to. */
  double[] best(List<double[]> starts) {
    double[] best = {};
    double cost = Double.POSITIVE_INFINITY;
    for (double[] start : starts) {
      LeastSquaresOptimizer.Optimum optimum = optimum(start);
      if (optimum.getCost() < cost) {
        cost = optimum.getCost();
        best = optimum.getPoint().toArray();
      }
    }
    return best;
  }

  private LeastSquaresOptimizer.Optimum optimum(double[] start) {
    return new LevenbergMarquardtOptimizer()
        .optimize(
            new LeastSquaresBuilder()
                .start(start)
                .target(measured)
                .model(model)
                .lazyEvaluation(false)
                .maxEvaluations(STEPS)
                .maxIterations(STEPS)
                .build());
  }

  private static Pair<RealVector, RealMatrix> valuesAndSlopes(
      UnaryOperator<double[]> model, double[] numbers) {
    double[] values = model.apply(numbers);
    double[][] slopes = new double[values.length][numbers.length];
    for (int n = 0; n < numbers.length; n++) {
      double[] moved = numbers.clone();
      moved[n] += DIFFERENCE;
      double[] other = model.apply(moved);
      for (int i = 0; i < values.length; i++) {
        slopes[i][n] = (other[i] - values[i]) / DIFFERENCE;
      }
    }
    return new Pair<>(new ArrayRealVector(values, false), new Array2DRowRealMatrix(slopes, false));
  }
}
