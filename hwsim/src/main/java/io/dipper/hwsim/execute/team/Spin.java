package io.dipper.hwsim.execute.team;

/**
 * How a thread passes the time until it has something to do: it spins for a moment, then gives its
 * core to whoever wants it, such as lanes, and should sleep at last, since waking takes time.
 */
public final class Spin {
  private static final long SPIN_NANOS = 50_000;

  private static final long YIELD_NANOS = 5_000_000;

  private Spin() {}

  /** Passes a moment; false where it is time to sleep. */
  public static boolean pass(long sinceNanos) {
    long waited = System.nanoTime() - sinceNanos;
    if (waited >= YIELD_NANOS) {
      return false;
    }
    passOn(waited);
    return true;
  }

  /** Passes a moment, however long it has been. */
  static void passAwake(long sinceNanos) {
    passOn(System.nanoTime() - sinceNanos);
  }

  private static void passOn(long waited) {
    if (waited < SPIN_NANOS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
