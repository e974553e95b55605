package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.proto.Effect;
import io.dipper.proto.Provenance;
import java.util.Locale;

/**
 * A number of a device that is known to lie in a range.
 *
 * @param name its path in the profile, e.g. {@code flash.latency}
 * @param unit the base unit, e.g. {@code B/s}; 1 for a plain number
 * @param whole whether it has whole values only
 * @param more what a larger number does to the time of a fixed demand
 * @param value with which the device is simulated, in base units
 * @param range from the lowest value to the highest
 */
public record RangedNumber(
    String name,
    String unit,
    boolean whole,
    Provenance provenance,
    Effect more,
    double value,
    Ends range) {

  /** The ends of a range, in base units. */
  public record Ends(double low, double high) {}

  /** Where it comes from, as profiles write it, e.g. {@code assumed}. */
  public String provenanceKey() {
    return provenance.name().toLowerCase(Locale.ROOT);
  }

  /** A value of the number as a person writes it. */
  public String text(double other) {
    return Units.print(other, Dimension.ofBase(unit));
  }
}
