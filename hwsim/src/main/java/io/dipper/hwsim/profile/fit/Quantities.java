package io.dipper.hwsim.profile.fit;

import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;

/** Numbers of a profile that is made here, with where they come from. */
public final class Quantities {
  private Quantities() {}

  /** A number that was measured as it stands. */
  public static Quantity measured(double value, String source) {
    return quantity(value, Provenance.MEASURED, source);
  }

  /** A number that was computed from measurements. */
  public static Quantity derived(double value, String source) {
    return quantity(value, Provenance.DERIVED, source);
  }

  /** A number that nobody measured here. */
  public static Quantity assumed(double value, String source) {
    return quantity(value, Provenance.ASSUMED, source);
  }

  private static Quantity quantity(double value, Provenance provenance, String source) {
    return Quantity.newBuilder()
        .setValue(value)
        .setProvenance(provenance)
        .setSource(source)
        .build();
  }
}
