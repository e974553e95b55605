package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.YamlMapping;
import io.dipper.error.UserException;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Vram;
import java.util.Map;

/** The check that VRAM has what it needs, and nothing beside it that cannot be. */
final class VramCheck {
  private VramCheck() {}

  /**
   * Throws for the first thing that is wrong.
   *
   * @param origins where each value is written
   * @param root the file that is named where a value is missing
   */
  static void check(HardwareProfile device, Map<String, Location> origins, YamlMapping root) {
    if (!device.hasVram()) {
      return;
    }
    Vram vram = device.getVram();
    if (!vram.hasCapacity() || !vram.hasBandwidth()) {
      String missing = vram.hasCapacity() ? "bandwidth" : "capacity";
      throw error("vram needs a capacity and a bandwidth; give its " + missing, origins, root);
    }
    if (device.getDram().hasTaken()) {
      throw error(
          "dram.taken is not simulated beside VRAM; leave one of the two out", origins, root);
    }
    if (!vram.getBackend().isEmpty() && !Backends.has(device, vram.getBackend())) {
      throw ProfilePlaces.error(
          "vram.backend",
          "there is no backend '" + vram.getBackend() + "'; name one of the processor's, or none",
          origins,
          root);
    }
  }

  private static UserException error(
      String message, Map<String, Location> origins, YamlMapping root) {
    return ProfilePlaces.error("vram", message, origins, root);
  }
}
