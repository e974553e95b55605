package io.dipper.hwsim.replay.cache;

/**
 * What users are told of a cache policy.
 *
 * @param name as users write it
 * @param summary one sentence: what is kept
 * @param source where the policy comes from
 * @param seesTheFuture whether it needs the masks of a whole sequence beforehand, and so works only
 *     in replay and with policies whose masks do not depend on the cache
 */
public record CacheDescription(String name, String summary, String source, boolean seesTheFuture) {}
