package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.MessageWriter;
import io.dipper.proto.HardwareProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A profile with everything it extends filled in.
 *
 * @param profile what a simulation reads
 * @param origins where each value is written, by path, e.g. {@code flash.latency}
 */
public record ResolvedProfile(HardwareProfile profile, Map<String, Location> origins) {
  public ResolvedProfile {
    origins = Map.copyOf(origins);
  }

  /** The profile as YAML, each value with the file and line that set it. */
  public String show() {
    Map<String, String> comments = new TreeMap<>();
    origins.forEach((path, at) -> comments.put(path, at.file() + ":" + at.line()));
    return MessageWriter.write(profile, comments);
  }

  /** The files that its values are written in; those of built-in profiles exist nowhere. */
  public List<Path> files() {
    return origins.values().stream().map(Location::file).distinct().sorted().map(Path::of).toList();
  }

  /** What of its numbers contradicts others, a line each. */
  public List<String> warnings() {
    return ProfileWarnings.of(this);
  }

  /** The share of the profile's quantities that are assumed. */
  public double assumedShare() {
    return AssumedShare.of(profile);
  }
}
