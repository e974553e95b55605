package io.dipper.hwsim.study.quality;

import umontreal.ssj.probdist.NormalDist;

/**
 * Predicts ln(perplexity / dense perplexity) from lost energy: {@code z + c z²} with {@code z = a
 * input + b glu + g gate² / (gate + k) + u up + f fewer + o others}. The weights say how dear
 * energy is at each site and for each way of choosing, and the router's weight where fewer experts
 * are computed or others; the curvature says how much dearer a loss gets on top of another. What a
 * mask by the gate leaves out first, units whose gate is nearly closed, costs next to nothing:
 * until {@code k} is lost, less than half of the full price.
 *
 * <p>An interval has three parts: how well the coefficients are known, how far points lie from the
 * curve ({@code spread}, relative), and the error of a live run itself, whose variance grows with
 * the increase ({@code noise²} per nat), because an increase is a sum of many small changes of
 * either sign.
 *
 * @param coefficients all positive
 * @param covariance of their logarithms, 8 × 8, in the order of {@link Coefficients#values}
 * @param spread of points about the curve, relative to the increase
 * @param noise of live runs, in √nat
 */
public record QualityModel(
    Coefficients coefficients, double[][] covariance, double spread, double noise) {
  /** Of a normal distribution: 5 % lie beyond it on each side. */
  private static final double QUANTILE = 1.6448536269514722;

  /**
   * @param input a, of energy lost at the input
   * @param glu b, of energy lost among GLU units chosen by their magnitude
   * @param gate g, of energy lost among GLU units chosen by the gate's signal
   * @param up u, of energy lost among GLU units chosen by the up projection's signal
   * @param curvature c, per nat
   * @param closed k, the energy behind nearly closed gates, as a share of all
   * @param router f and o, of the router's weight
   */
  public record Coefficients(
      double input,
      double glu,
      double gate,
      double up,
      double curvature,
      double closed,
      LostWeights router) {
    static final int COUNT = 8;

    static Coefficients of(double... values) {
      return new Coefficients(
          values[0],
          values[1],
          values[2],
          values[3],
          values[4],
          values[5],
          new LostWeights(values[6], values[7]));
    }

    double[] values() {
      return new double[] {
        input, glu, gate, up, curvature, closed, router.fewer(), router.others()
      };
    }

    /** The predicted increase in nats. */
    public double increase(LostEnergy lost) {
      double z = linear(lost);
      return z + curvature * z * z;
    }

    private double linear(LostEnergy lost) {
      return input * lost.input()
          + glu * lost.glu()
          + gate * open(lost)
          + up * lost.up()
          + router.fewer() * lost.router().fewer()
          + router.others() * lost.router().others();
    }

    /** What of the energy that a mask by the gate loses counts in full. */
    private double open(LostEnergy lost) {
      return lost.gate() * lost.gate() / (lost.gate() + closed);
    }

    /** The derivatives of the increase by the logarithms of the coefficients, in their order. */
    double[] gradient(LostEnergy lost) {
      double z = linear(lost);
      double slope = 1 + 2 * curvature * z;
      return new double[] {
        slope * input * lost.input(),
        slope * glu * lost.glu(),
        slope * gate * open(lost),
        slope * up * lost.up(),
        curvature * z * z,
        -slope * gate * open(lost) * closed / (lost.gate() + closed),
        slope * router.fewer() * lost.router().fewer(),
        slope * router.others() * lost.router().others()
      };
    }
  }

  /** What a point that loses so much is expected to cost. */
  public Prediction predict(LostEnergy lost) {
    double increase = coefficients.increase(lost);
    double deviation = deviation(lost, increase);
    return new Prediction(
        increase, increase - QUANTILE * deviation, increase + QUANTILE * deviation);
  }

  /**
   * How likely it is that a live run stays within a bound.
   *
   * @param most the largest increase, in nats
   */
  public double probabilityWithin(LostEnergy lost, double most) {
    double increase = coefficients.increase(lost);
    double deviation = deviation(lost, increase);
    if (deviation == 0) {
      return increase <= most ? 1 : 0;
    }
    return NormalDist.cdf01((most - increase) / deviation);
  }

  /**
   * How much a live run of such a point would tell of the coefficients, in nats of information: ½
   * ln(1 + what is not known of its increase / what the run could not tell), as variances.
   */
  public double information(LostEnergy lost) {
    double run = runVariance(coefficients.increase(lost));
    return run == 0 ? 0 : Math.log1p(coefficientVariance(lost) / run) / 2;
  }

  /** The standard deviation of what a live run may give. */
  private double deviation(LostEnergy lost, double increase) {
    return Math.sqrt(coefficientVariance(lost) + runVariance(increase));
  }

  /** The variance of a live run about the curve. */
  private double runVariance(double increase) {
    return spread * spread * increase * increase + noise * noise * increase;
  }

  /** The variance of the increase that comes of not knowing the coefficients better. */
  double coefficientVariance(LostEnergy lost) {
    double[] gradient = coefficients.gradient(lost);
    double variance = 0;
    for (int i = 0; i < gradient.length; i++) {
      for (int j = 0; j < gradient.length; j++) {
        variance += gradient[i] * covariance[i][j] * gradient[j];
      }
    }
    return variance;
  }
}
