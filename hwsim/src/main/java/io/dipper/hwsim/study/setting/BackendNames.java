package io.dipper.hwsim.study.setting;

/**
 * A device's backend by its name; {@code default} is the one that the device names, or its only.
 */
final class BackendNames extends SettingValues<String> {
  private static final String DEFAULT = "default";

  @Override
  public String expected() {
    return "the name of a backend, e.g. gpu, or default";
  }

  @Override
  public String parse(String text) {
    return text.equals(DEFAULT) ? "" : text;
  }

  @Override
  public String print(String value) {
    return value.isEmpty() ? DEFAULT : value;
  }
}
