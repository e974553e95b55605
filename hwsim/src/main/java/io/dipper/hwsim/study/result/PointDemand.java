package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What a point's masks ask for.
 *
 * @param density the share of the MLP's weights that took part in a token, on average
 * @param tokens that were replayed
 * @param cachesDiffer whether it can matter which cache keeps units: {@code no} where forced
 *     admission leaves none of them a choice
 */
public record PointDemand(
    double density,
    long tokens,
    PointHits hits,
    PointTraffic traffic,
    PointEnergy energy,
    PointExperts experts,
    @Nullable String cachesDiffer) {}
