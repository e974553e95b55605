package io.dipper.hwsim.replay.demand;

import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells the caches of a point from others: under equal masks, caches with equal identities
 * hold the same units.
 *
 * @param cache with the digests of the files that it names in place of their paths
 * @param columns the capacity of a layer's cache, per group of the policy
 * @param seed for caches that draw by chance
 * @param start what they hold when a sequence begins
 * @param experts their capacity where they hold experts; else null
 */
public record CacheIdentity(
    CacheSpec cache,
    List<Integer> columns,
    long seed,
    CacheStart start,
    @Nullable ExpertBudget experts) {
  public CacheIdentity {
    columns = List.copyOf(columns);
  }
}
