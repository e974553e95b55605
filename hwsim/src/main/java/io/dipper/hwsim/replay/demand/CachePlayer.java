package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.CacheContext;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.FutureUses;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.CacheStart;
import io.dipper.registry.Trait;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one layer and group, carried from token to token: masks go in, accesses come out.
 * The same in replays and live runs. Not safe for use by many threads.
 */
public final class CachePlayer implements MaskSink {
  private static final float[] NO_SCORES = {};

  private final UnitCache cache;
  private final CacheStart start;
  private final @Nullable UnitSet prefill;
  private final boolean cacheLooksAtScores;
  private final Guess guess;
  private final AccessSink[] sinks;
  private final Access access;

  /**
   * The cache of a point's group in a layer, before its first sequence.
   *
   * @param place the layer and the group
   * @param future the masks to come, complete before the first of them is played; null for none
   * @param before gives the masks of the layer before; asked only where units are guessed by them
   * @param sinks receive each access before the cache changes
   * @throws io.dipper.error.UserException if the cache must see the future and there is none
   */
  public CachePlayer(
      ReplayPoint point,
      Place place,
      @Nullable FutureUses future,
      Supplier<LikelyMasks> before,
      List<? extends AccessSink> sinks) {
    int layer = place.layer();
    int group = place.group();
    UnitGroup declared = point.policy().groups().get(group);
    int units = declared.units();
    int columns = point.cacheColumns()[group];
    long ownSeed = point.seed() + 0x9e3779b97f4a7c15L * (1 + layer + (long) group * place.layers());
    this.cache =
        Caches.create(
            point.cache(),
            new CacheContext(
                units,
                columns,
                ownSeed,
                future,
                point.start().usage(point.policy(), group, layer)));
    this.start = point.start().kind();
    this.prefill = point.start().prefill(layer, declared, columns);
    this.cacheLooksAtScores = Caches.has(point.cache(), Trait.LOOKS_AT_SCORES);
    this.guess = point.fetch().ofUnits().guess(layer, declared, before);
    this.sinks = sinks.toArray(AccessSink[]::new);
    this.access = new Access(layer, group, units);
  }

  /** The cache of a group in a layer where nothing is guessed, whatever the point says. */
  static CachePlayer unguessed(ReplayPoint point, Place place, List<? extends AccessSink> sinks) {
    return new CachePlayer(
        point.unguessed(),
        place,
        null,
        () -> {
          throw new IllegalStateException("nothing is guessed");
        },
        sinks);
  }

  /**
   * A layer and group of a point.
   *
   * @param layers how many there are
   * @param group the index of the group in the policy's list
   */
  public record Place(int layer, int layers, int group) {}

  /** What a selector may know of the cache. */
  public CacheView view() {
    return cache;
  }

  /** A new sequence begins; of the one before the cache keeps what the point says. */
  public void begin() {
    if (start == CacheStart.CARRIED) {
      cache.carry();
      return;
    }
    cache.reset();
    if (prefill != null) {
      cache.update(prefill, new float[prefill.size()]);
      cache.carry();
    }
  }

  @Override
  public void accept(int row, UnitSet mask, Signals signals) {
    UnitSet cached = cache.cached();
    access.of(row, mask, cached, guess.of(row, mask, cached));
    for (AccessSink sink : sinks) {
      sink.accept(access);
    }
    cache.update(mask, cacheLooksAtScores ? signals.values(0) : NO_SCORES);
  }
}
