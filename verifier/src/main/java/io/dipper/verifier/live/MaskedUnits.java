package io.dipper.verifier.live;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.CachePlayer;
import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.MaskLoop;
import io.dipper.hwsim.replay.demand.MaskOverlap;
import io.dipper.hwsim.replay.demand.MaskSink;
import io.dipper.hwsim.replay.demand.ReplayMasks;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import io.dipper.tracegen.runtime.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer and group of a live run: chooses and applies the masks, plays every cache with them,
 * and compares them with the masks of the replay.
 */
final class MaskedUnits {
  private final LiveSignals signals;
  private final MaskLoop loop;
  private final ZeroedUnits zeroed = new ZeroedUnits();
  private final @Nullable CachePlayer choosing;
  private final List<LiveCache> caches = new ArrayList<>();
  private final @Nullable ReplayMasks replay;
  private final GroupMasks masks;
  private final MaskOverlap overlap;
  private final Demand counted;

  /**
   * @param demands receive the counts, one for each point
   * @param masks working memory that the layers of a group share
   */
  MaskedUnits(
      List<ReplayPoint> points,
      List<Demand> demands,
      ModelShape shape,
      Place place,
      GroupMasks masks,
      @Nullable Recording dense) {
    int layer = place.layer();
    ReplayPoint first = points.get(0);
    MaskPolicy policy = first.policy();
    UnitGroup group = policy.groups().get(place.group());
    this.masks = masks;
    this.counted = demands.get(0);
    this.signals = new LiveSignals(group, layer, shape);
    this.replay =
        dense == null ? null : new ReplayMasks(dense, first.maskSource(), layer, place.group());
    this.overlap = new MaskOverlap(masks.replayed());
    List<MaskSink> sinks = new ArrayList<>();
    this.choosing =
        policy.has(Trait.LOOKS_AT_CACHE) ? choosing(first, demands.get(0), place) : null;
    CacheView view = Caches.none(group.units());
    if (choosing != null) {
      sinks.add(choosing);
      view = choosing.view();
    }
    for (int p = sinks.size(); p < points.size(); p++) {
      caches.add(new LiveCache(points.get(p), demands.get(p), shape, place, masks.history()));
    }
    sinks.add(masks.live());
    sinks.add((row, mask, seen) -> masks.history().keep(layer, row, mask));
    sinks.add(zeroed);
    this.loop = new MaskLoop(policy.selector(layer, group), view, sinks);
  }

  /** The cache that the masks look at, which counts for the first point. */
  private CachePlayer choosing(ReplayPoint point, Demand demand, Place place) {
    return new CachePlayer(
        point,
        place,
        null,
        () -> masks.history().before(place.layer()),
        List.of(point.fetch().ofUnits().counting(demand, place.layer(), place.group())));
  }

  /**
   * Masks a chunk of tokens.
   *
   * @param made what the forward pass made before
   * @param values row-major activations, one per unit; unselected ones become 0
   */
  void apply(LiveChunk chunk, LiveActivations made, float[] values, Workers workers) {
    masks.begin(chunk);
    signals.begin(chunk, made, values);
    zeroed.begin(chunk, values);
    workers.run(
        replay == null ? 1 : 2,
        (task, worker) -> {
          if (task == 0) {
            choose(chunk);
          } else {
            replay(chunk);
          }
        });
    workers.run(
        caches.size(),
        (cache, worker) -> caches.get(cache).play(chunk, made, values, masks.live()));
    for (int row = chunk.row(); row < chunk.row() + chunk.rows() && replay != null; row++) {
      if (counted.rowOf(row) >= 0) {
        overlap.add(row, masks.live().of(row));
      }
    }
  }

  private void choose(LiveChunk chunk) {
    if (chunk.first() && choosing != null) {
      choosing.begin();
    }
    loop.play(signals, chunk.row(), chunk.rows());
  }

  private void replay(LiveChunk chunk) {
    for (int row = chunk.row(); row < chunk.row() + chunk.rows() && replay != null; row++) {
      masks.replayed().keep(row, replay.next());
    }
  }

  /** How alike the masks are to those of the replay. */
  MaskOverlap overlap() {
    return overlap;
  }
}
