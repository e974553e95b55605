package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.RecordedUses;
import io.dipper.hwsim.replay.demand.CachePlayer;
import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.KeptMasks;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one layer and group that follows masks which do not depend on it, or depend on one
 * that goes the same way. One that must see the future is played once the sequence is over: a live
 * run knows no masks beforehand.
 */
final class LiveCache {
  private final CachePlayer cache;
  private final LiveSignals signals;
  private final @Nullable RecordedUses future;
  private final KeptMasks held;

  /**
   * @param demand receives the counts
   * @param history the masks of the layer before, for guesses
   * @throws UserException if the cache must see the future and also the scores
   */
  LiveCache(ReplayPoint point, Demand demand, ModelShape shape, Place place, MaskHistory history) {
    UnitGroup group = demand.groups().get(place.group());
    boolean seesTheFuture = Caches.has(point.cache(), Trait.SEES_FUTURE);
    if (seesTheFuture && Caches.has(point.cache(), Trait.LOOKS_AT_SCORES)) {
      throw new UserException(
          "cache "
              + point.cache().getPolicy()
              + ": overflow by-score cannot be verified live; use lowest-index");
    }
    int longest = Arrays.stream(demand.sequenceLengths()).max().orElse(0);
    this.future = seesTheFuture ? new RecordedUses(group.units(), longest) : null;
    this.held = new KeptMasks(group.units());
    this.signals = new LiveSignals(group, place.layer(), shape);
    this.cache =
        new CachePlayer(
            point,
            place,
            future,
            () -> history.before(place.layer()),
            List.of(point.fetch().ofUnits().counting(demand, place.layer(), place.group())));
  }

  /**
   * Follows the masks of a chunk.
   *
   * @param values the masked activations: of selected units, the scores
   * @param masks of the chunk
   */
  void play(LiveChunk chunk, LiveActivations made, float[] values, KeptMasks masks) {
    signals.begin(chunk, made, values);
    if (future != null) {
      hold(future, chunk, masks);
      return;
    }
    if (chunk.first()) {
      cache.begin();
    }
    for (int r = 0; r < chunk.rows(); r++) {
      cache.accept(chunk.row() + r, masks.of(chunk.row() + r), signals.row(r));
    }
  }

  private void hold(RecordedUses uses, LiveChunk chunk, KeptMasks masks) {
    int first = chunk.sequenceRow();
    if (chunk.first()) {
      uses.clear();
      held.begin(first, chunk.length());
    }
    for (int row = chunk.row(); row < chunk.row() + chunk.rows(); row++) {
      UnitSet mask = masks.of(row);
      held.keep(row, mask);
      uses.append(mask);
    }
    if (chunk.last()) {
      cache.begin();
      for (int row = first; row < first + chunk.length(); row++) {
        cache.accept(row, held.of(row), signals.row(0)); // it does not look at scores
      }
    }
  }
}
