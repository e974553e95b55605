package io.dipper.hwsim.replay.layout;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;

/** Sizes that fetches are planned by, as users write and read them: {@code 64 KiB}, or 0. */
public final class ReadSizes {
  private ReadSizes() {}

  /**
   * A number of bytes.
   *
   * @throws UserException without a place, if it is none or negative
   */
  public static double parse(String text) {
    boolean zero = Units.number(text.strip()).map(n -> n.signum() == 0).orElse(false);
    double bytes = zero ? 0 : Units.parse(text, Dimension.BYTES);
    if (bytes < 0) {
      throw new UserException("'" + text + "' is negative; write e.g. 64 KiB, or 0 for none");
    }
    return bytes;
  }

  /** What {@link #parse} reads. */
  public static String print(double bytes) {
    return bytes == 0 ? "0" : Units.print(bytes, Dimension.BYTES);
  }
}
