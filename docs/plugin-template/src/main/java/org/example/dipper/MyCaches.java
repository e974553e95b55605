package org.example.dipper;

import io.dipper.hwsim.replay.cache.CacheFactory;
import io.dipper.hwsim.replay.cache.CacheProvider;
import io.dipper.registry.Declared;
import java.util.List;

/** The caches of this plugin, named in META-INF/services. */
public final class MyCaches implements CacheProvider {
  @Override
  public List<Declared<CacheFactory>> entries() {
    return List.of(OldestRun.ENTRY);
  }
}
