package io.dipper.hwsim.profile.hardware;

import io.dipper.proto.Comparisons;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import io.dipper.proto.SpeedErrors;
import java.util.Optional;

/** What executions on a device showed of its simulated speeds, as its profile carries it. */
public final class ShownErrors {
  private ShownErrors() {}

  /**
   * The errors of points like one: of those with a mask or of those without, or else of the others.
   *
   * @return empty where the profile carries none
   */
  public static Optional<SpeedErrors> of(HardwareProfile profile, boolean masked) {
    Comparisons shown = profile.getComparisons();
    SpeedErrors like = masked ? shown.getMasked() : shown.getDense();
    SpeedErrors others = masked ? shown.getDense() : shown.getMasked();
    return Optional.of(like.getPoints() > 0 ? like : others).filter(one -> one.getPoints() > 0);
  }

  /**
   * Whether a profile is measured, its disk and its memory, and says nothing of executions, which
   * could have been made where it was measured.
   */
  public static boolean areMissing(HardwareProfile profile) {
    boolean reads =
        profile.getFlash().hasTable()
            && profile.getFlash().getTable().getFrom() == Provenance.MEASURED;
    boolean memory = profile.getDram().getBandwidth().getProvenance() == Provenance.MEASURED;
    return reads && memory && !profile.hasComparisons();
  }
}
