package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.YamlMapping;
import io.dipper.proto.Dram;
import java.util.Map;

/** The check that memory which is taken is taken of something. */
final class DramCheck {
  private DramCheck() {}

  /**
   * Throws where it is not.
   *
   * @param origins where each value is written
   * @param root the file that is named where a value is missing
   */
  static void check(Dram dram, Map<String, Location> origins, YamlMapping root) {
    if (dram.hasTaken() && !dram.hasCapacity()) {
      throw ProfilePlaces.error(
          "dram.taken", "taken stands alone; give the capacity that it is taken of", origins, root);
    }
  }
}
