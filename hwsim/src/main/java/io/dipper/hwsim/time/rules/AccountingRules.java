package io.dipper.hwsim.time.rules;

import io.dipper.error.UserException;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;

/**
 * What an accounting knows of a point. What it does not know of is taken away, so that sizes,
 * buffers and reads follow from what is left, by the same formulas in every accounting.
 */
public interface AccountingRules {
  /** The rules of a point's accounting. */
  static AccountingRules of(PointConfig point) {
    return of(point.getAccounting());
  }

  static AccountingRules of(AccountingKind kind) {
    return switch (kind) {
      case PAPER -> new PaperRules();
      case DES, UNRECOGNIZED -> new DeviceRules();
    };
  }

  /** The model, with that on which its sizes depend: bits of its file, widths, windows. */
  ModelShape model(ModelShape model);

  /** The point without settings that change nothing, so that it is one point whatever they were. */
  PointConfig settle(PointConfig point);

  /** The point, with that on which reads and the buffers for them depend. */
  PointConfig reads(PointConfig point);

  /**
   * Whether weights may be read page by page through the operating system's cache.
   *
   * @throws UserException if not, with what would be right
   */
  void checkPages();
}
