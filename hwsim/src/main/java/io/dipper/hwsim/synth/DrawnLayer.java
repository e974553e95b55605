package io.dipper.hwsim.synth;

import io.dipper.error.UserException;
import io.dipper.proto.AxisUnits;
import io.dipper.proto.LayerActivations;
import io.dipper.proto.ModelShape;
import io.dipper.proto.SiteActivations;
import io.dipper.trace.Site;
import io.dipper.trace.TraceBlock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a synthetic trace, token after token. It has its own random numbers, a stream for
 * each site, so layers can be drawn by any thread.
 *
 * <p>The site glu is fitted directly, because that keeps its magnitudes and overlaps closest. Where
 * gate and up are both drawn it is their product instead, as in a recording; their normals are then
 * correlated as the recording's are.
 */
final class DrawnLayer {
  private final int layer;
  private final Set<Site> sites;
  private final Map<Site, DrawnSite> drawn = new EnumMap<>(Site.class);
  private final Map<Site, float[]> values = new EnumMap<>(Site.class);
  private final float gateUpCorrelation;
  private final LayerActivations reference;
  private final @Nullable DrawnRouter router;
  private final DrawnUnits x;
  private final DrawnUnits h;

  DrawnLayer(
      int layer,
      ModelShape shape,
      Set<Site> sites,
      LayerActivations reference,
      SplittableRandom random) {
    this.layer = layer;
    this.sites = EnumSet.noneOf(Site.class);
    sites.stream().filter(site -> site.width(shape, layer) > 0).forEach(this.sites::add);
    this.reference = reference;
    this.gateUpCorrelation = reference.getGateUpCorrelation();
    this.x = units(reference.getX(), shape.getHiddenSize(), random.split());
    this.h = units(reference.getH(), shape.getIntermediateSize(), random.split());
    for (Site site : Site.ofDenseLayers()) {
      SplittableRandom own = random.split();
      if (this.sites.contains(site)) {
        values.put(site, new float[site.width(shape)]);
        if (site != Site.GLU || !isProduct(sites)) {
          drawn.put(site, draw(site, own));
        }
      }
    }
    this.router = this.sites.contains(Site.ROUTER) ? router(shape, random.split()) : null;
  }

  private static DrawnUnits units(AxisUnits axis, int units, SplittableRandom random) {
    return axis.getRankCount() == 0
        ? DrawnUnits.NONE
        : DrawnUnits.draw(axis.getRankList(), axis.getLogScaleList(), units, random);
  }

  private DrawnRouter router(ModelShape shape, SplittableRandom random) {
    if (!reference.hasRouter()) {
      throw new UserException(
          "the statistics of routers are unknown: what --like names has no experts; give a trace of"
              + " a model with experts");
    }
    values.put(Site.ROUTER, new float[shape.getExperts()]);
    return new DrawnRouter(reference.getRouter(), shape.getExperts(), random);
  }

  /** Whether glu is the product of two sites that are drawn. */
  static boolean isProduct(Set<Site> sites) {
    return sites.contains(Site.GATE) && sites.contains(Site.UP);
  }

  private DrawnSite draw(Site site, SplittableRandom random) {
    SiteActivations activations =
        find(site)
            .orElseThrow(
                () ->
                    new UserException(
                        "the statistics of "
                            + site.id()
                            + " are unknown: what --like names has no site "
                            + site.id()
                            + "; leave it out of --sites, or record it (dipper trace --sites)"));
    return new DrawnSite(activations, site == Site.X ? x : h, site == ranking(site), random);
  }

  private Optional<SiteActivations> find(Site site) {
    return reference.getSitesList().stream().filter(s -> s.getSite().equals(site.id())).findFirst();
  }

  /** The site whose magnitudes rank the units of a site's axis. */
  private Site ranking(Site site) {
    if (site == Site.X || find(Site.GLU).isPresent()) {
      return site == Site.X ? Site.X : Site.GLU;
    }
    return find(Site.GATE).isPresent() ? Site.GATE : Site.UP;
  }

  /**
   * Draws the next rows of the trace.
   *
   * @param begins per row of the block, whether a sequence begins
   */
  void fill(TraceBlock block, boolean[] begins) {
    for (int row = 0; row < block.rows(); row++) {
      next(begins[row]);
      for (Site site : sites) {
        block.put(layer, site, row, 1, of(site));
      }
    }
  }

  private void next(boolean begin) {
    drawn.values().forEach(site -> site.next(begin));
    if (router != null) {
      router.next(begin, of(Site.ROUTER));
    }
    DrawnSite gate = drawn.get(Site.GATE);
    DrawnSite up = drawn.get(Site.UP);
    if (gate != null && up != null) {
      up.correlate(gate, gateUpCorrelation);
    }
    drawn.forEach((site, column) -> column.values(of(site)));
    if (sites.contains(Site.GLU) && isProduct(sites)) {
      multiply(of(Site.GATE), of(Site.UP), of(Site.GLU));
    }
  }

  private static void multiply(float[] gate, float[] up, float[] glu) {
    for (int i = 0; i < glu.length; i++) {
      glu[i] = gate[i] * up[i];
    }
  }

  private float[] of(Site site) {
    return Objects.requireNonNull(values.get(site), "a site that is drawn");
  }

  /** Whether the reference has what {@link #norms} gives. */
  boolean hasNorms() {
    return reference.getX().getUpNormCount() > 0 && reference.getH().getDownNormCount() > 0;
  }

  /** Puts the layer's column norms, those of the units that its own are like, into their places. */
  void norms(float[][] up, float[][] gate, float[][] down) {
    up[layer] = x.of(reference.getX().getUpNormList());
    gate[layer] = x.of(reference.getX().getGateNormList());
    down[layer] = h.of(reference.getH().getDownNormList());
  }
}
