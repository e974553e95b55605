package io.dipper.hwsim.profile.hardware;

import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import java.util.List;

/**
 * How much of a profile is guessed: the number of its quantities that are assumed over the number
 * of all that it gives. A measured table counts as one; choices such as the overlap are not
 * quantities.
 */
public final class AssumedShare {
  private AssumedShare() {}

  /** A share between 0 and 1; 0 for a profile without quantities. */
  public static double of(HardwareProfile profile) {
    List<ProfileNumber> numbers = ProfileNumbers.of(profile);
    long assumed =
        numbers.stream().filter(number -> number.provenance() == Provenance.ASSUMED).count();
    return numbers.isEmpty() ? 0 : (double) assumed / numbers.size();
  }
}
