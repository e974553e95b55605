package io.dipper.hwsim.synth;

import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.AxisUnits;
import io.dipper.proto.LayerActivations;
import io.dipper.proto.RouterLogits;
import io.dipper.proto.SiteActivations;
import io.dipper.trace.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether statistics from a file can be drawn from: numbers of the right count and range. */
final class StatisticsCheck {
  private static final float LARGEST_LOGIT = 1e6f;

  private StatisticsCheck() {}

  /** What is wrong first, or null where nothing is. */
  static @Nullable String wrong(ActivationStatistics statistics) {
    if (statistics.getLayersCount() == 0) {
      return "they have no layers";
    }
    for (int i = 0; i < statistics.getLayersCount(); i++) {
      String wrong = layer(statistics.getLayers(i));
      if (wrong != null) {
        return "layer " + i + ": " + wrong;
      }
    }
    return null;
  }

  private static @Nullable String layer(LayerActivations layer) {
    if (!between(List.of(layer.getGateUpCorrelation()), -1, 1)) {
      return "gateUpCorrelation is not from -1 to 1";
    }
    if (!axis(layer.getX()) || !axis(layer.getH())) {
      return "rank rises from 0 to 1, with as many finite logScale and norms";
    }
    if (layer.hasRouter() && !router(layer.getRouter())) {
      return "router has numbers that are too few, too many or out of range";
    }
    for (SiteActivations site : layer.getSitesList()) {
      if (Site.ofDenseLayers().stream().noneMatch(s -> s.id().equals(site.getSite()))) {
        return "unknown site '" + site.getSite() + "', want x, gate, up or glu";
      }
      boolean x = site.getSite().equals(Site.X.id());
      if (!site(site, (x ? layer.getX() : layer.getH()).getRankCount())) {
        return "site " + site.getSite() + " has numbers that are too few, too many or out of range";
      }
    }
    return null;
  }

  private static boolean router(RouterLogits router) {
    int experts = router.getRankCount();
    return experts > 0
        && ranks(router.getRankList())
        && router.getLevelCount() == experts
        && between(router.getLevelList(), -LARGEST_LOGIT, LARGEST_LOGIT)
        && router.getLogitsCount() == (long) experts * Knots.COUNT
        && between(router.getLogitsList(), -LARGEST_LOGIT, LARGEST_LOGIT)
        && persistence(router.getPersistenceList());
  }

  private static boolean ranks(List<Float> ranks) {
    for (int i = 1; i < ranks.size(); i++) {
      if (!(ranks.get(i) > ranks.get(i - 1))) {
        return false;
      }
    }
    return between(ranks, 0, 1);
  }

  private static boolean persistence(List<Float> shares) {
    return shares.size() == Persistence.RATES.length
        && between(shares, 0, 1)
        && shares.stream().mapToDouble(Float::doubleValue).sum() <= 1.001;
  }

  private static boolean axis(AxisUnits axis) {
    int units = axis.getRankCount();
    return ranks(axis.getRankList())
        && axis.getLogScaleCount() == units
        && between(axis.getLogScaleList(), -100, 100)
        && norms(axis.getUpNormList(), units)
        && norms(axis.getGateNormList(), units)
        && norms(axis.getDownNormList(), units)
        && axis.getUpNormCount() == axis.getGateNormCount();
  }

  private static boolean norms(List<Float> norms, int units) {
    return norms.isEmpty() || (norms.size() == units && between(norms, 0, Float.MAX_VALUE));
  }

  private static boolean site(SiteActivations site, int units) {
    return units > 0
        && persistence(site.getPersistenceList())
        && site.getMagnitudesCount() == (long) units * Knots.COUNT
        && between(site.getMagnitudesList(), 0, Float.MAX_VALUE)
        && site.getPositiveBelowCount() == units
        && between(site.getPositiveBelowList(), 0, 1)
        && site.getPositiveAboveCount() == units
        && between(site.getPositiveAboveList(), 0, 1);
  }

  private static boolean between(List<Float> values, float least, float most) {
    return values.stream().allMatch(v -> v >= least && v <= most);
  }
}
