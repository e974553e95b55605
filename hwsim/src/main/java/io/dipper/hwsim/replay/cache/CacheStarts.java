package io.dipper.hwsim.replay.cache;

import io.dipper.proto.CacheStart;
import io.dipper.registry.Description;
import io.dipper.registry.Registry;

/** What caches can hold when a sequence begins, the default first. */
public final class CacheStarts {
  public static final Registry<CacheStart> ALL =
      Registry.of(
          "cache start",
          Description.of("cold", "nothing", "-").by(CacheStart.COLD),
          Description.of("carried", "what the sequence before left", "-").by(CacheStart.CARRIED),
          Description.of("prefilled", "the trace's largest units", "-").by(CacheStart.PREFILLED),
          Description.of("prompted", "what a dense prompt left", "-").by(CacheStart.PROMPTED));

  private CacheStarts() {}
}
