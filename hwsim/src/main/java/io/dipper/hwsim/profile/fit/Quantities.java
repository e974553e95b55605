package io.dipper.hwsim.profile.fit;

import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;

/** Numbers of a fitted profile, with where they come from. */
final class Quantities {
  private Quantities() {}

  /** A number that was measured as it stands. */
  static Quantity measured(double value, String source) {
    return quantity(value, Provenance.MEASURED, source);
  }

  /** A number that was computed from measurements. */
  static Quantity derived(double value, String source) {
    return quantity(value, Provenance.DERIVED, source);
  }

  private static Quantity quantity(double value, Provenance provenance, String source) {
    return Quantity.newBuilder()
        .setValue(value)
        .setProvenance(provenance)
        .setSource(source)
        .build();
  }
}
