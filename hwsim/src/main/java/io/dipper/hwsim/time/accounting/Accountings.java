package io.dipper.hwsim.time.accounting;

import io.dipper.error.UserException;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.proto.AccountingKind;
import io.dipper.registry.Description;
import io.dipper.registry.Registry;

/** The ways there are of turning a demand into time. */
public final class Accountings {
  /** What users choose from, the default first. */
  public static final Registry<AccountingKind> ALL =
      Registry.of(
          "accounting",
          Description.of("des", "simulated event by event", "-").by(AccountingKind.DES),
          Description.of("paper", "the closed form", "Federici et al., arXiv 2412.01380")
              .by(AccountingKind.PAPER));

  private Accountings() {}

  /** The accounting of a kind. */
  public static Accounting of(AccountingKind kind) {
    return of(kind, EngineListener.NONE);
  }

  /**
   * The accounting of a kind, which a listener hears.
   *
   * @throws UserException if it is a closed form, in which there is nothing to hear
   */
  public static Accounting of(AccountingKind kind, EngineListener listener) {
    return switch (kind) {
      case PAPER -> paper(listener);
      case DES, UNRECOGNIZED -> new DesAccounting(listener);
    };
  }

  private static Accounting paper(EngineListener listener) {
    if (listener != EngineListener.NONE) {
      throw new UserException(
          "accounting paper is a closed form, without a ledger or a timeline; choose des");
    }
    return new PaperAccounting();
  }
}
