package io.dipper.hwsim.accounting;

import io.dipper.proto.AccountingKind;

/** The ways there are of turning a demand into time. */
public final class Accountings {
  private Accountings() {}

  /** The accounting of a kind. */
  public static Accounting of(AccountingKind kind) {
    return switch (kind) {
      case PAPER -> new PaperAccounting();
      case DES, UNRECOGNIZED -> new DesAccounting();
    };
  }
}
