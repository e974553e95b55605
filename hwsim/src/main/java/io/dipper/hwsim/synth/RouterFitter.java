package io.dipper.hwsim.synth;

import io.dipper.config.Digits;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.RouterLogits;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Measures what a layer's router says: each expert's distribution of logits, and how long experts
 * stay chosen. Of a recording without logits it finds normals that choose experts as often, and
 * whose chosen ones differ as their weights do.
 */
final class RouterFitter {
  private final Excerpt recording;
  private final boolean[] begins;
  private final int mostExperts;

  /**
   * @param mostExperts that are kept of a layer
   */
  RouterFitter(Excerpt recording, boolean[] begins, int mostExperts) {
    this.recording = recording;
    this.begins = begins;
    this.mostExperts = mostExperts;
  }

  /**
   * The statistics of a layer that has experts.
   *
   * @param layer counted over all of the excerpt
   */
  RouterLogits fit(int layer) {
    int routed = Arrays.binarySearch(Experts.layers(recording.model()), layer);
    ChosenExperts chosen = ChosenExperts.of(recording, routed);
    boolean logits = recording.sites().contains(Site.ROUTER);
    double[] scores = ChoicePersistence.scores(chosen);
    double[][] tables =
        logits ? quantiles(recording.column(layer, Site.ROUTER)) : normals(chosen, scores);
    double[] levels = new double[tables.length];
    Arrays.setAll(levels, e -> tables[e][Knots.COUNT]);
    UnitSample sample = UnitSample.of(levels, mostExperts);
    RouterLogits.Builder fitted = RouterLogits.newBuilder().setChosenOnly(!logits);
    for (int i = 0; i < sample.units().length; i++) {
      double[] table = tables[sample.units()[i]];
      fitted.addRank((float) sample.rank()[i]);
      fitted.addLevel((float) Digits.four(table[Knots.COUNT]));
      for (int knot = 0; knot < Knots.COUNT; knot++) {
        fitted.addLogits((float) Digits.four(table[knot]));
      }
    }
    for (double share : Persistence.fit(autocorrelations(chosen, scores))) {
      fitted.addPersistence((float) Digits.four(share));
    }
    return fitted.build();
  }

  private double[] autocorrelations(ChosenExperts chosen, double[] scores) {
    ChoicePersistence persistence = new ChoicePersistence(scores);
    double[] autocorrelations = new double[Persistence.LAGS.length];
    for (int i = 0; i < autocorrelations.length; i++) {
      double common = chosen.common(begins, Persistence.LAGS[i]);
      autocorrelations[i] = common < 0 ? 0 : persistence.correlation(common);
    }
    return autocorrelations;
  }

  /** By expert, its logits at the knots, then their mean; each less its token's mean. */
  private static double[][] quantiles(SiteColumn column) {
    double[][] values = new double[column.width()][column.rows()];
    float[] row = new float[column.width()];
    for (int t = 0; t < column.rows(); t++) {
      column.read(t, row);
      double mean = IntStream.range(0, row.length).mapToDouble(e -> row[e]).average().orElse(0);
      for (int e = 0; e < row.length; e++) {
        values[e][t] = row[e] - mean;
      }
    }
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    double[][] tables = new double[values.length][Knots.COUNT + 1];
    for (int e = 0; e < tables.length; e++) {
      percentile.setData(values[e]);
      for (int knot = 0; knot < Knots.COUNT; knot++) {
        tables[e][knot] = percentile.evaluate(100 * Knots.probability(knot));
      }
      tables[e][Knots.COUNT] = StatUtils.mean(values[e]);
    }
    return tables;
  }

  /** By expert, the normal that is chosen as often, at the knots, then its mean. */
  private static double[][] normals(ChosenExperts chosen, double[] scores) {
    double scale = ChosenSpread.scale(chosen, scores);
    double mean = StatUtils.mean(scores);
    double[][] tables = new double[scores.length][Knots.COUNT + 1];
    for (int e = 0; e < tables.length; e++) {
      double level = scale * (scores[e] - mean);
      for (int knot = 0; knot < Knots.COUNT; knot++) {
        tables[e][knot] = level + scale * Knots.normal(knot);
      }
      tables[e][Knots.COUNT] = level;
    }
    return tables;
  }
}
