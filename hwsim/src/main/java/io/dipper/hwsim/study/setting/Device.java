package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.profile.hardware.ResolvedProfile;
import io.dipper.proto.HardwareProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device that points run on.
 *
 * @param file the profile's file; null for a built-in one
 */
public record Device(ResolvedProfile resolved, @Nullable Path file) {
  /** The device of a point that was set up before. */
  static Device of(HardwareProfile profile) {
    return new Device(new ResolvedProfile(profile, Map.of(), List.of()), null);
  }

  public HardwareProfile profile() {
    return resolved.profile();
  }
}
