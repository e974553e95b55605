package io.dipper.hwsim.study.setting;

import io.dipper.registry.Registry;
import java.util.List;

/** One of several things that are chosen by name. */
final class NamedValues<T> extends SettingValues<T> {
  private final Registry<T> registry;

  NamedValues(Registry<T> registry) {
    this.registry = registry;
  }

  @Override
  public String expected() {
    return registry.choices();
  }

  @Override
  public T parse(String text) {
    return registry.get(text);
  }

  @Override
  public String print(T value) {
    return registry.nameOf(value);
  }

  @Override
  public List<String> names() {
    return registry.names();
  }
}
