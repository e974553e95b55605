package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.replay.layout.ReadSizes;

/** A number of bytes, or 0. */
final class SizeValues extends SettingValues<Double> {
  @Override
  public String expected() {
    return "a number of bytes, e.g. 64 KiB or 0";
  }

  @Override
  public Double parse(String text) {
    return ReadSizes.parse(text);
  }

  @Override
  public String print(Double value) {
    return ReadSizes.print(value);
  }
}
