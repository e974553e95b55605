package io.dipper.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A YAML mapping: keys, each once and in the order of the file, with their values. */
public final class YamlMapping implements YamlNode {
  private final Location at;
  private final Map<String, YamlNode> values;
  private final Map<String, Location> keys;

  YamlMapping(Location at, Map<String, YamlNode> values, Map<String, Location> keys) {
    this.at = at;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.keys = keys;
  }

  @Override
  public Location at() {
    return at;
  }

  @Override
  public String describe() {
    return "a mapping";
  }

  public Set<String> keys() {
    return values.keySet();
  }

  /** The entries, in the order of the file. */
  public Map<String, YamlNode> values() {
    return values;
  }

  /** The value of a key, or null where the key is absent. */
  public @Nullable YamlNode get(String key) {
    return values.get(key);
  }

  /** The value of a key that must be there. */
  public YamlNode require(String key) {
    YamlNode value = values.get(key);
    if (value == null) {
      throw error("the key '" + key + "' is missing; add '" + key + ": ...'");
    }
    return value;
  }

  /** Where a key of this mapping is written. */
  public Location keyAt(String key) {
    Location location = keys.get(key);
    if (location == null) {
      throw new IllegalArgumentException("no such key: " + key);
    }
    return location;
  }

  /** Throws at the first key that is not a valid one, naming the nearest that is. */
  public void allowOnly(Collection<String> valid) {
    for (String key : values.keySet()) {
      if (!valid.contains(key)) {
        throw keyAt(key).error("unknown key '" + key + "'; " + Nearest.hint(key, valid));
      }
    }
  }
}
