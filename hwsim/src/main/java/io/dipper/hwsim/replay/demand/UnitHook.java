package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.CacheContext;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.FutureUses;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overflow;
import org.jspecify.annotations.Nullable;

/**
 * The mask and the cache of one layer and group, carried from token to token: the same object in
 * replay and in a live run. Not safe for use by many threads.
 */
public final class UnitHook {
  private static final float[] NO_SCORES = {};

  private final MaskSelector selector;
  private final UnitCache cache;
  private final UnitSet mask;
  private final RunCounter missedReads;
  private final @Nullable Guess guess;
  private final CacheStart start;
  private final @Nullable UnitSet prefill;
  private final boolean cacheLooksAtScores;
  private int selected;
  private int hits;

  private UnitHook(
      MaskSelector selector,
      UnitCache cache,
      int units,
      RunCounter missedReads,
      @Nullable Guess guess,
      CacheStart start,
      @Nullable UnitSet prefill,
      boolean cacheLooksAtScores) {
    this.selector = selector;
    this.cache = cache;
    this.mask = new UnitSet(units);
    this.missedReads = missedReads;
    this.guess = guess;
    this.start = start;
    this.prefill = prefill;
    this.cacheLooksAtScores = cacheLooksAtScores;
  }

  /**
   * The hook of a point's group in a layer, before its first sequence.
   *
   * @param group the index of the group in the policy's list
   * @throws io.dipper.error.UserException if the cache policy must see the future
   */
  public static UnitHook create(ReplayPoint point, ModelShape shape, int layer, int group) {
    return create(point, shape, layer, group, null);
  }

  /**
   * The same with a cache that may see the future.
   *
   * @param future the masks to come, complete before the first of them is played; null for none
   */
  public static UnitHook create(
      ReplayPoint point, ModelShape shape, int layer, int group, @Nullable FutureUses future) {
    UnitGroup declared = point.policy().groups().get(group);
    int units = declared.units();
    int columns = point.cacheColumns()[group];
    long ownSeed =
        point.seed() + 0x9e3779b97f4a7c15L * (1 + layer + (long) group * shape.getLayers());
    return new UnitHook(
        point.policy().selector(layer, declared),
        Caches.create(
            point.cache(),
            new CacheContext(
                units,
                columns,
                ownSeed,
                future,
                point.start().usage(point.policy(), group, layer))),
        units,
        point.fetch().counter(layer, group, declared),
        point.fetch().guess(layer, declared),
        point.start().kind(),
        point.start().prefill(layer, declared, columns),
        point.cache().getOverflow() == Overflow.BY_SCORE);
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

  /** Whether the masks of the layer before are to be told. */
  public boolean guesses() {
    return guess != null;
  }

  /** The mask of the layer before at the token that is played next. */
  public void expect(UnitSet maskBefore) {
    if (guess != null) {
      guess.make(maskBefore, cache.cached());
    }
  }

  /**
   * Plays one token: selects, counts hits, updates the cache.
   *
   * @param scores the activation at the group's site, signed
   * @param position the token's 0-based position in its sequence
   * @return the mask, valid until the next step
   */
  public UnitSet step(float[] scores, int position) {
    selector.select(scores, position, cache, mask);
    play(mask, scores);
    return mask;
  }

  /** The same with recorded activations. */
  public UnitSet step(RecordedRow scores, int position) {
    selector.select(scores, position, cache, mask);
    play(mask, scores);
    return mask;
  }

  /** Plays one token with a mask that was selected elsewhere. */
  void play(UnitSet given, RecordedRow scores) {
    play(given, cacheLooksAtScores ? scores.values() : NO_SCORES);
  }

  /**
   * Plays one token with a mask that was selected elsewhere.
   *
   * @param scores of the selected units at least
   */
  public void play(UnitSet given, float[] scores) {
    selected = given.cardinality();
    UnitSet cached = cache.cached();
    hits = given.intersectionSize(cached);
    missedReads.count(given, guess == null ? cached : guess.judge(given, cached));
    cache.update(given, scores);
  }

  /** Enters the last step into a demand. */
  public void record(Demand demand, int group, int layer, int row) {
    demand.record(group, layer, row, selected, hits, missedReads.runs());
    demand.record(Count.OVERREAD, group, layer, row, missedReads.overread());
    if (guess != null) {
      guess.record(demand, group, layer, row);
    }
  }

  /** The units that the last step selected. */
  public int selected() {
    return selected;
  }

  /** How many of them were cached before it. */
  public int hits() {
    return hits;
  }

  /**
   * The runs of adjacent units that the others, the misses, form, gaps that are read over closed.
   */
  public int missedRuns() {
    return missedReads.runs();
  }
}
