package io.dipper.hwsim.synth;

import io.dipper.config.Digits;
import io.dipper.error.UserException;
import io.dipper.parallel.TaskPool;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.AxisUnits;
import io.dipper.proto.LayerActivations;
import io.dipper.proto.SiteActivations;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Measures the statistics of a recording. Per layer and site: the quantile functions of a sample of
 * units, how often they are positive, and how long they stay large; of a layer with experts what
 * its router says.
 */
public final class StatisticsFitter {
  /** More tokens than these change little and cost memory. */
  static final int MOST_TOKENS = 4096;

  private static final int FEWEST_TOKENS = 32;

  private final Excerpt recording;
  private final ColumnNorms norms;
  private final boolean hasNorms;
  private final int mostUnits;
  private final boolean[] begins;

  private StatisticsFitter(Excerpt recording, int mostUnits) {
    this.recording = recording;
    ColumnNorms recorded = recording.beginning().norms();
    this.hasNorms = recorded != null;
    this.norms =
        recorded == null
            ? new ColumnNorms(new float[0][], new float[0][], new float[0][])
            : recorded;
    this.mostUnits = mostUnits;
    this.begins = recording.begins();
  }

  /** All layers, with many units each: what a trace at hand is fitted with. */
  public static ActivationStatistics fit(Recording recording, int threads, Progress progress) {
    return fit(recording, Integer.MAX_VALUE, 256, threads, progress);
  }

  /** Few layers with few units, small enough for a file. */
  public static ActivationStatistics summarise(
      Recording recording, int threads, Progress progress) {
    return fit(recording, 8, 32, threads, progress);
  }

  private static ActivationStatistics fit(
      Recording whole, int mostLayers, int mostUnits, int threads, Progress progress) {
    Excerpt recording = Excerpt.of(whole, mostLayers, MOST_TOKENS);
    if (recording.tokens() < FEWEST_TOKENS) {
      throw new UserException(
          "a trace of "
              + recording.tokens()
              + " tokens has no statistics; give one of at least "
              + FEWEST_TOKENS);
    }
    StatisticsFitter fitter = new StatisticsFitter(recording, mostUnits);
    int count = recording.layers().length;
    LayerActivations[] layers = new LayerActivations[count];
    progress.start("fitting", "layers", count);
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(
          IntStream.range(0, count)
              .<Runnable>mapToObj(
                  i ->
                      () -> {
                        layers[i] = fitter.layer(i);
                        progress.advance(1);
                      })
              .toList());
    }
    ActivationStatistics.Builder statistics =
        ActivationStatistics.newBuilder()
            .setSource(whole.model().getName())
            .setTokens(recording.tokens())
            .addAllLayers(List.of(layers))
            .addAllMeasures(SiteMeasures.of(whole, threads, progress));
    RouterMeasures.of(whole, threads, progress).ifPresent(statistics::setRouters);
    return statistics.build();
  }

  private LayerActivations layer(int index) {
    int layer = recording.layers()[index];
    LayerActivations.Builder fitted =
        LayerActivations.newBuilder()
            .setDepth(Digits.four((layer + 0.5) / recording.beginning().model().getLayers()));
    Map<Site, double[][]> scores = new EnumMap<>(Site.class);
    if (recording.has(index, Site.X)) {
      UnitSample sample = sample(index, Site.X, fitted.getXBuilder());
      site(index, Site.X, sample, fitted, scores);
    }
    for (Site ranking : List.of(Site.GLU, Site.GATE, Site.UP)) {
      if (recording.has(index, ranking)) {
        UnitSample sample = sample(index, ranking, fitted.getHBuilder());
        for (Site site : List.of(Site.GATE, Site.UP, Site.GLU)) {
          if (recording.has(index, site)) {
            site(index, site, sample, fitted, scores);
          }
        }
        break;
      }
    }
    if (scores.containsKey(Site.GATE) && scores.containsKey(Site.UP)) {
      double correlation = SampledColumn.correlation(scores.get(Site.GATE), scores.get(Site.UP));
      fitted.setGateUpCorrelation((float) Digits.four(correlation));
    }
    if (recording.has(index, Site.ROUTER) || recording.has(index, Site.EXPERTS)) {
      fitted.setRouter(new RouterFitter(recording, begins, mostUnits).fit(index));
    }
    return fitted.build();
  }

  /** Chooses the units of an axis by their rank at a site. */
  private UnitSample sample(int index, Site ranking, AxisUnits.Builder axis) {
    double[] logScale = SampledColumn.logScale(recording.column(index, ranking));
    UnitSample sample = UnitSample.of(logScale, mostUnits);
    int layer = recording.layers()[index];
    for (int i = 0; i < sample.units().length; i++) {
      int unit = sample.units()[i];
      axis.addRank((float) sample.rank()[i]);
      axis.addLogScale((float) Digits.four(logScale[unit]));
      if (hasNorms && ranking == Site.X) {
        axis.addUpNorm((float) Digits.four(norms.up(layer)[unit]));
        axis.addGateNorm((float) Digits.four(norms.gate(layer)[unit]));
      } else if (hasNorms) {
        axis.addDownNorm((float) Digits.four(norms.down(layer)[unit]));
      }
    }
    return sample;
  }

  private void site(
      int index,
      Site site,
      UnitSample sample,
      LayerActivations.Builder layer,
      Map<Site, double[][]> scoresOfSites) {
    SiteColumn column = recording.column(index, site);
    SampledColumn sampled = SampledColumn.of(column, sample.units());
    double[][] scores = sampled.normalScores();
    scoresOfSites.put(site, scores);
    double[] autocorrelations = new double[Persistence.LAGS.length];
    for (int i = 0; i < autocorrelations.length; i++) {
      autocorrelations[i] = SampledColumn.autocorrelation(scores, begins, Persistence.LAGS[i]);
    }
    SiteActivations.Builder fitted = layer.addSitesBuilder().setSite(site.id());
    for (double share : Persistence.fit(autocorrelations)) {
      fitted.addPersistence((float) Digits.four(share));
    }
    for (int u = 0; u < scores.length; u++) {
      unit(sampled, u, scores[u], fitted);
    }
  }

  private static void unit(
      SampledColumn sampled, int unit, double[] scores, SiteActivations.Builder fitted) {
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(sampled.magnitudes(unit));
    for (int knot = 0; knot < Knots.COUNT; knot++) {
      fitted.addMagnitudes((float) Digits.four(percentile.evaluate(100 * Knots.probability(knot))));
    }
    fitted.addPositiveBelow((float) Digits.four(positive(sampled.values()[unit], scores, false)));
    fitted.addPositiveAbove((float) Digits.four(positive(sampled.values()[unit], scores, true)));
  }

  /** The share of positive values on one side of the median magnitude. */
  private static double positive(float[] values, double[] scores, boolean above) {
    int count = 0;
    int positive = 0;
    for (int t = 0; t < values.length; t++) {
      if (scores[t] >= 0 == above) {
        count++;
        positive += values[t] > 0 ? 1 : 0;
      }
    }
    return count == 0 ? 0.5 : (double) positive / count;
  }
}
