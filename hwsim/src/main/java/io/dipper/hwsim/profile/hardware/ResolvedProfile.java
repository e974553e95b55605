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
 * @param files those that were read, also the ones whose every value another replaces; built-in
 *     profiles are in no file
 */
public record ResolvedProfile(
    HardwareProfile profile, Map<String, Location> origins, List<Path> files) {
  public ResolvedProfile {
    origins = Map.copyOf(origins);
    files = List.copyOf(files);
  }

  /** The profile as YAML, each value with the file and line that set it. */
  public String show() {
    Map<String, String> comments = new TreeMap<>();
    origins.forEach((path, at) -> comments.put(path, at.file() + ":" + at.line()));
    return MessageWriter.write(profile, comments);
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
