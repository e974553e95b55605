package io.dipper.hwsim.replay.demand;

import io.dipper.proto.PolicySpec;
import org.jspecify.annotations.Nullable;

/**
 * What tells masks from others: points with equal identities select the same units of the same
 * tokens, and so have the same perplexity.
 *
 * @param policy with the digests of the files that it names in place of their paths
 * @param caches what the masks depend on; null for a policy that looks at no cache
 */
public record MaskIdentity(PolicySpec policy, @Nullable CacheIdentity caches) {}
