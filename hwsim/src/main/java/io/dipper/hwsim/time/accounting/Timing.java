package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.engine.Utilisation;
import org.jspecify.annotations.Nullable;

/**
 * The time of a point on a device.
 *
 * @param tokensPerSecond the mean over sequences of each sequence's throughput
 * @param ttftSeconds the time to first token
 * @param ledger where the time of a token goes, the mean over tokens
 * @param flashRequestsPerToken requests sent to Flash
 * @param flashBytesReadPerToken what these requests read: whole pages, and what is thrown away
 * @param energyJoulePerToken NaN where the profile gives no energies
 * @param utilisation how busy the components were; null where the accounting has none
 */
public record Timing(
    double tokensPerSecond,
    double ttftSeconds,
    TimeLedger ledger,
    double flashRequestsPerToken,
    double flashBytesReadPerToken,
    double energyJoulePerToken,
    @Nullable Utilisation utilisation) {

  /** Waiting for Flash alone. */
  public double flashSeconds() {
    return ledger.flash();
  }

  /** Reading DRAM (and not waiting for Flash at the same time). */
  public double dramSeconds() {
    return ledger.dram();
  }

  /** Bound by arithmetic. */
  public double computeSeconds() {
    return ledger.compute();
  }

  /** Choosing and gathering units. */
  public double selectSeconds() {
    return ledger.select() + ledger.gather();
  }

  /** Launches and synchronisation, and what nothing accounts for. */
  public double otherSeconds() {
    return ledger.launch() + ledger.idle();
  }
}
