package io.dipper.config;

import java.util.List;

/** A YAML list. */
public record YamlSequence(Location at, List<YamlNode> items) implements YamlNode {
  public YamlSequence {
    items = List.copyOf(items);
  }

  @Override
  public String describe() {
    return "a list";
  }
}
