package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * The DRAM of a point.
 *
 * @param dramBytes the capacity, or the sum of what is resident where a cache fraction was given
 * @param cacheColumnsX the units of a layer's cache of input columns; null without such a mask
 * @param cacheColumnsH the units of a layer's cache of GLU units; null without such a mask
 * @param residentBytes what of it is used
 */
public record PointMemory(
    double dramBytes,
    @Nullable Integer cacheColumnsX,
    @Nullable Integer cacheColumnsH,
    double residentBytes) {}
