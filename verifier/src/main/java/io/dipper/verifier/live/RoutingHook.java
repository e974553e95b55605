package io.dipper.verifier.live;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.expert.ExpertCaches;
import io.dipper.hwsim.replay.expert.ExpertChoice;
import io.dipper.hwsim.replay.expert.ExpertPoint;
import io.dipper.hwsim.replay.expert.ExpertSelector;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.expert.MaskInside;
import io.dipper.hwsim.replay.expert.RouterRow;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Routing;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A policy at work in a model with experts: it chooses by the live routers' logits, token by token,
 * and where it looks at the cache, by one that follows its choices. Outputs are weighed as the
 * policy says; an expert that it drops is not computed, and weighs nothing. A mask inside experts
 * sets what it leaves out to zero, and the observer sees there what is left, as marks.
 *
 * <p>A cache of all layers has to see a token pass all of them before the next one begins ({@link
 * #passesTokenByToken}).
 */
final class RoutingHook implements MlpHook {
  private static final IntPredicate NOT_CACHED = expert -> false;

  private final MlpHook observer;
  private final int[] routedLayer;
  private final ExpertSelector[] selectors;
  private final @Nullable ExpertCaches caches;
  private final CacheStart start;
  private final RouterRow row;
  private final ExpertChoice choice;
  private final float[] logits;
  private final @Nullable MaskedExpertUnits inside;
  private int ranks;

  /**
   * @param observer sees the sites of the run as they are
   */
  RoutingHook(ReplayPoint point, ModelShape shape, MlpHook observer) {
    ExpertRules rules = (ExpertRules) point.fetch();
    ExpertUnits units = rules.units();
    ExpertPoint experts = rules.point(point);
    this.observer = observer;
    this.routedLayer = new int[shape.getLayers()];
    for (int l = 0; l < units.layerCount(); l++) {
      routedLayer[units.layers()[l]] = l;
    }
    this.selectors =
        Arrays.stream(units.layers())
            .mapToObj(experts.policy()::experts)
            .toArray(ExpertSelector[]::new);
    this.caches =
        experts.policy().has(Trait.LOOKS_AT_CACHE)
            ? new ExpertCaches(
                experts.cache(),
                units,
                experts.cacheBytes(),
                experts.seed(),
                ExpertCaches.Knowledge.NONE)
            : null;
    this.start = experts.start();
    this.row = new RouterRow(units.experts(), shape.getExpertsPerToken(), shape.getNormTopk());
    this.choice = new ExpertChoice(units.experts());
    this.logits = new float[units.experts()];
    MaskInside mask = experts.policy().inside();
    this.inside =
        mask == null
            ? null
            : new MaskedExpertUnits(mask, units.layerCount(), shape.getExpertsPerToken());
  }

  /** Whether the choices of a point need all layers of a token before the next token. */
  static boolean passesTokenByToken(ReplayPoint point) {
    return point.policy().has(Trait.LOOKS_AT_CACHE) && Caches.isGlobal(point.cache());
  }

  @Override
  public void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {
    float[] seen =
        inside != null && inside.site() == site
            ? inside.mask(routedLayer[layer], rows, ranks, values)
            : values;
    observer.at(site, layer, sequence, firstPosition, rows, seen);
  }

  @Override
  public boolean sees(Site site) {
    return observer.sees(site) || inside != null && inside.site() == site;
  }

  @Override
  public Routing route(
      int layer, int sequence, int firstPosition, int rows, float[] allLogits, Routing own) {
    int routed = routedLayer[layer];
    if (firstPosition == 0) {
      selectors[routed].begin();
      if (caches != null) {
        caches.begin(start, routed);
      }
    }
    Routing widest = Routing.none(rows, logits.length);
    ranks = 0;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(allLogits, r * logits.length, logits, 0, logits.length);
      row.ofLogits(logits);
      choose(routed);
      ranks = Math.max(ranks, choice.count());
      for (int rank = 0; rank < choice.count(); rank++) {
        widest.experts()[r * logits.length + rank] = choice.expert(rank);
        widest.weights()[r * logits.length + rank] = (float) choice.weight(rank);
      }
    }
    return firstRanks(widest, rows, ranks);
  }

  private static Routing firstRanks(Routing widest, int rows, int ranks) {
    Routing routing = Routing.none(rows, ranks);
    for (int r = 0; r < rows; r++) {
      int from = r * widest.ranks();
      System.arraycopy(widest.experts(), from, routing.experts(), r * ranks, ranks);
      System.arraycopy(widest.weights(), from, routing.weights(), r * ranks, ranks);
    }
    return routing;
  }

  private void choose(int routed) {
    if (caches == null) {
      selectors[routed].select(row, true, NOT_CACHED, choice);
      return;
    }
    selectors[routed].select(row, true, caches.cached(routed), choice);
    int[] taken = new int[choice.count()];
    Arrays.setAll(taken, choice::expert);
    caches.play(routed, taken, taken.length);
  }
}
