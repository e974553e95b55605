package io.dipper.hwsim.replay.cache;

import io.dipper.registry.Provider;

/**
 * The caches of a plugin. Those that hold units which come and go take {@code overflow} and {@code
 * admission} beside their own parameters, as Dipper's do.
 */
public interface CacheProvider extends Provider<CacheFactory> {}
