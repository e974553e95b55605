package io.dipper.hwsim.execute;

/**
 * What a run found in caches and read, over all its tokens.
 *
 * @param hits units that were selected and cached
 * @param misses units that were selected and not cached
 * @param requests sent to Flash
 * @param bytes that they read, whole pages
 */
public record ReadCounts(long hits, long misses, long requests, long bytes) {}
