package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.time.engine.FirstToken;
import io.dipper.hwsim.time.engine.FlashReads;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.engine.Utilisation;
import org.jspecify.annotations.Nullable;

/**
 * The time of a point on a device.
 *
 * @param tokensPerSecond the mean over sequences of each sequence's throughput
 * @param firstToken the time to first token
 * @param ledger where the time of a token goes, the mean over tokens
 * @param reads of a token, from Flash
 * @param energy of a token
 * @param utilisation how busy the components were; null where the accounting has none
 */
public record Timing(
    double tokensPerSecond,
    FirstToken firstToken,
    TimeLedger ledger,
    FlashReads reads,
    EnergyUse energy,
    @Nullable Utilisation utilisation) {

  /** The time to first token as a run begins. */
  public double ttftSeconds() {
    return firstToken.beginning();
  }

  /** Requests sent to Flash, per token. */
  public double flashRequestsPerToken() {
    return reads.requests();
  }

  /** What these requests read, per token: whole pages, and what is thrown away. */
  public double flashBytesReadPerToken() {
    return reads.bytes();
  }

  /** NaN where the profile gives no energies. */
  public double energyJoulePerToken() {
    return energy.joule();
  }

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
    return ledger.host().select() + ledger.host().gather();
  }

  /** Taking what was read into caches. */
  public double admitSeconds() {
    return ledger.host().admit();
  }

  /** Launches and synchronisation, and what nothing accounts for. */
  public double otherSeconds() {
    return ledger.host().launch() + ledger.idle();
  }
}
