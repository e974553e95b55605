package io.dipper.hwsim.replay.cache;

/** A cache policy in the registry: what it is, and how one is made. */
record CacheEntry(CacheDescription description, Factory factory) {
  /** Makes an empty cache. */
  interface Factory {
    UnitCache create(CacheContext context, OverflowRule overflow);
  }
}
