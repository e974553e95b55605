package io.dipper.hwsim.accounting;

import io.dipper.error.UserException;
import io.dipper.proto.AccountingKind;

/** The ways there are of turning a demand into time. */
public final class Accountings {
  private Accountings() {}

  /** The accounting of a kind. */
  public static Accounting of(AccountingKind kind) {
    return switch (kind) {
      case PAPER -> new PaperAccounting();
      case DES, UNRECOGNIZED ->
          throw new UserException("accounting des is not part of this build; use paper");
    };
  }
}
