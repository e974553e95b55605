package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.Capacity;

/** A DRAM limit. */
final class DramValues extends SettingValues<Capacity> {
  @Override
  public String expected() {
    return "a DRAM limit, e.g. 50% or 3.5 GB";
  }

  @Override
  public Capacity parse(String text) {
    return Capacities.dram(text);
  }

  @Override
  public String print(Capacity value) {
    return Capacities.print(value);
  }

  @Override
  boolean writes(Capacity value) {
    return !value.hasCacheFraction() && !value.hasCacheBytes();
  }
}
