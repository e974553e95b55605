package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.YamlMapping;
import io.dipper.error.UserException;
import java.util.Comparator;
import java.util.Map;

/** Errors at the place where a profile says what is wrong. */
final class ProfilePlaces {
  private ProfilePlaces() {}

  /**
   * The error of a key, or of the first key of a section.
   *
   * @param path of the key or the section, e.g. {@code flash.latency_tail}
   * @param origins where each value is written
   * @param root the file that is named where none is
   */
  static UserException error(
      String path, String message, Map<String, Location> origins, YamlMapping root) {
    Location at = origins.get(path);
    if (at == null) {
      at =
          origins.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(path + "."))
              .map(Map.Entry::getValue)
              .min(Comparator.comparingInt(Location::line).thenComparingInt(Location::column))
              .orElse(null);
    }
    return at == null ? root.error(message) : at.error(message);
  }
}
