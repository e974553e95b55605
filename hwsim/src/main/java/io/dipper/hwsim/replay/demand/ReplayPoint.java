package io.dipper.hwsim.replay.demand;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.FileContents;
import io.dipper.registry.Trait;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is replayed: masks, and caches of a size. Points that share the policy object share the work
 * of computing its masks where these do not depend on the cache.
 *
 * @param cacheColumns the capacity C of a layer's cache, per group of the policy
 * @param seed for cache policies that draw by chance
 * @param start what the caches hold when a sequence begins
 * @param fetch how misses become reads
 */
public record ReplayPoint(
    MaskPolicy policy,
    CacheSpec cache,
    int[] cacheColumns,
    long seed,
    SequenceStart start,
    Reading fetch) {
  /** A point with cold caches whose misses are read one by one. */
  public ReplayPoint(MaskPolicy policy, CacheSpec cache, int[] cacheColumns, long seed) {
    this(
        policy,
        cache,
        cacheColumns,
        seed,
        SequenceStart.COLD,
        FetchRules.plain(cacheColumns.length));
  }

  /**
   * @throws UserException if the cache does not exist or cannot be used with the policy
   */
  public ReplayPoint {
    Combination.check(policy, cache);
    if (cacheColumns.length != policy.groups().size()) {
      throw new IllegalArgumentException("one capacity per group");
    }
  }

  boolean seesTheFuture() {
    return Caches.has(cache, Trait.SEES_FUTURE);
  }

  /** What tells its masks from others. */
  public MaskIdentity masks() {
    PolicySpec spec = FileContents.identity(policy.spec());
    return new MaskIdentity(spec, policy.has(Trait.LOOKS_AT_CACHE) ? caches() : null);
  }

  /** What tells its demand from others. */
  public DemandIdentity demand() {
    return new DemandIdentity(FileContents.identity(policy.spec()), caches(), fetch);
  }

  private CacheIdentity caches() {
    List<Integer> columns = IntStream.of(cacheColumns).boxed().toList();
    return new CacheIdentity(
        FileContents.identity(cache), columns, seed, start.kind(), fetch.experts());
  }

  /** This point with misses that are read one by one, and nothing else. */
  ReplayPoint unguessed() {
    return new ReplayPoint(
        policy, cache, cacheColumns, seed, start, FetchRules.plain(cacheColumns.length));
  }

  /** A point with the same masks, and where they do not depend on its cache without one. */
  public ReplayPoint maskSource() {
    return policy.has(Trait.LOOKS_AT_CACHE)
        ? this
        : new ReplayPoint(policy, Caches.NONE, new int[cacheColumns.length], seed);
  }
}
