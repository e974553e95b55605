package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.Capacity;

/** The bytes that all cached experts may take, in place of a DRAM limit. */
final class CacheSizes extends SettingValues<Capacity> {
  @Override
  public String expected() {
    return "the bytes of cached experts, e.g. 4000 MiB";
  }

  @Override
  public Capacity parse(String text) {
    return Capacities.cacheBytes(text);
  }

  @Override
  public String print(Capacity value) {
    return Capacities.print(value);
  }

  @Override
  boolean writes(Capacity value) {
    return value.hasCacheBytes();
  }
}
