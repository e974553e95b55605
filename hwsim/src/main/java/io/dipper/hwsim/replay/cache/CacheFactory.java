package io.dipper.hwsim.replay.cache;

import io.dipper.registry.Choice;

/** Makes an empty cache from parameters that were checked and filled in. */
public interface CacheFactory {
  /**
   * @throws io.dipper.error.UserException if what the cache needs is not in the context
   */
  UnitCache create(Choice parameters, CacheContext context);
}
