package io.dipper.hwsim.profile.hardware;

import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * A number of a profile that can be turned down and up, to what a device could have: a tenth, a
 * whole number by one, a power of two to its half and double. A row of a measured table is one
 * number, its throughputs together.
 *
 * @param name its path in the profile, e.g. {@code flash.latency}
 * @param unit a base unit, e.g. {@code B/s}
 * @param value in base units; NaN for a row of a table
 * @param lower the number turned down; null where it has no lower value
 * @param higher the number turned up; null where it has no higher value
 */
public record Knob(
    String name,
    String unit,
    Provenance provenance,
    double value,
    @Nullable Turn lower,
    @Nullable Turn higher) {

  /**
   * A number turned.
   *
   * @param value in base units; NaN for a row of a table, which is turned by a tenth
   * @param profile with it, and everything else as it was
   */
  public record Turn(double value, HardwareProfile profile) {}
}
