package io.dipper.hwsim.study.setting;

import java.nio.file.Path;
import java.util.List;

/** True or false. */
final class Flags extends SettingValues<Boolean> {
  @Override
  public String expected() {
    return "true or false";
  }

  @Override
  public Boolean parse(String text) {
    return Boolean.valueOf(text);
  }

  @Override
  public String print(Boolean value) {
    return value.toString();
  }

  @Override
  List<Boolean> read(Written written) {
    return List.of(written.node().asScalar(expected()).asBoolean());
  }

  @Override
  Object write(Boolean value, Path folder) {
    return value;
  }
}
