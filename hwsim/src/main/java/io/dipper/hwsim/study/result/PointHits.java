package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What masks select and find cached: totals over layers and tokens, null without such a mask.
 *
 * @param hitRate hits over selected units, mean over tokens and layers, weighted by matrices
 */
public record PointHits(
    @Nullable Double hitRate,
    @Nullable Double hitRateX,
    @Nullable Double hitRateH,
    @Nullable Long hitsX,
    @Nullable Long hitsH,
    @Nullable Long selectedX,
    @Nullable Long selectedH) {}
