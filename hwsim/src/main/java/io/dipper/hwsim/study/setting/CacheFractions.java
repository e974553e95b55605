package io.dipper.hwsim.study.setting;

import io.dipper.config.Shares;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.Capacity;
import java.nio.file.Path;
import java.util.List;

/** A share of each site's units that caches hold, in place of a DRAM limit. */
final class CacheFractions extends SettingValues<Capacity> {
  @Override
  public String expected() {
    return "a share from 0 to 1";
  }

  @Override
  public Capacity parse(String text) {
    return Capacities.cacheFraction(Shares.parse(text));
  }

  @Override
  public String print(Capacity value) {
    return Capacities.print(value);
  }

  @Override
  List<Capacity> read(Written written) {
    return WrittenValues.numbers(written.node(), expected(), true).stream()
        .map(n -> WrittenValues.placed(n.at(), () -> Capacities.cacheFraction(n.value())))
        .toList();
  }

  @Override
  Object write(Capacity value, Path folder) {
    return number(value.getCacheFraction());
  }

  @Override
  boolean writes(Capacity value) {
    return value.hasCacheFraction();
  }
}
