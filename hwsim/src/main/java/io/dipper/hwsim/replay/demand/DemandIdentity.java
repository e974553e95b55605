package io.dipper.hwsim.replay.demand;

import io.dipper.proto.PolicySpec;

/**
 * What tells a demand from others: points with equal identities differ in the device alone, and
 * share a replay.
 *
 * @param policy with the digests of the files that it names in place of their paths
 * @param caches that misses are told by
 * @param fetch how misses become reads
 */
public record DemandIdentity(PolicySpec policy, CacheIdentity caches, Reading fetch) {}
