package io.dipper.hwsim.profile.hardware;

import com.google.protobuf.Message;
import io.dipper.proto.FlashTable;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;

/**
 * How much of a profile is guessed: the number of its quantities that are assumed over the number
 * of all that it gives. A measured table counts as one; choices such as the overlap are not
 * quantities.
 */
public final class AssumedShare {
  private int assumed;
  private int all;

  private AssumedShare() {}

  /** A share between 0 and 1; 0 for a profile without quantities. */
  public static double of(HardwareProfile profile) {
    AssumedShare share = new AssumedShare();
    share.count(profile);
    return share.all == 0 ? 0 : (double) share.assumed / share.all;
  }

  private void count(Provenance provenance) {
    all++;
    assumed += provenance == Provenance.ASSUMED ? 1 : 0;
  }

  private void count(Message message) {
    for (Object value : message.getAllFields().values()) {
      if (value instanceof Quantity quantity) {
        count(quantity.getProvenance());
      } else if (value instanceof FlashTable table) {
        count(table.getFrom());
      } else if (value instanceof Message section) {
        count(section);
      }
    }
  }
}
