package io.dipper.hwsim.time.device;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one port of the DRAM, shared by everything that reads or writes it: processor sharing with
 * max-min fairness. Each transfer gets an equal share of the bandwidth, a transfer that cannot use
 * its share (a write at the pace of Flash) leaves the rest to the others.
 *
 * <p>Closed forms: s bytes alone take s / b; two transfers of s bytes begun at once take 2 s / b
 * each; beside a transfer limited to r &lt; b / 2 another gets b - r.
 */
public final class DramPort {
  private final Clock clock;
  private final double bytesPerPs;
  private final List<Transfer> active = new ArrayList<>();
  private final Alarm alarm;
  private @Nullable Transfer next;
  private double updatedPs;
  private double bytesMoved;
  private double bytesOnTheWay;

  /**
   * @param bytesPerSecond the bandwidth that is reached, efficiency included
   */
  public DramPort(Clock clock, double bytesPerSecond) {
    this.clock = clock;
    this.bytesPerPs = bytesPerSecond / Clock.picoseconds(1);
    this.alarm = clock.alarm(this::complete);
  }

  /** A transfer that can be started again and again, once at a time. */
  public Transfer transfer(Runnable done) {
    return new Transfer(done);
  }

  /** The bytes of all completed transfers. */
  public double bytesMoved() {
    return bytesMoved;
  }

  /**
   * The time that the port would have been busy at its whole bandwidth, from what it moved at every
   * moment, never more than the time that passed.
   */
  public double busyPs() {
    return bytesOnTheWay / bytesPerPs;
  }

  /** Whether every transfer that was started has completed or was stopped. */
  public boolean isQuiet() {
    return active.isEmpty();
  }

  /** Follows a restart of the clock. */
  public void shift(double byPs) {
    updatedPs -= byPs;
  }

  private void complete() {
    Transfer finished = next;
    if (finished == null) {
      throw new IllegalStateException("a transfer completed that was not started");
    }
    progress();
    active.remove(finished);
    bytesMoved += finished.bytes;
    share();
    finished.done.run();
  }

  /** Moves every transfer on to the present. */
  private void progress() {
    double elapsed = clock.nowPs() - updatedPs;
    for (int i = 0; i < active.size(); i++) {
      Transfer transfer = active.get(i);
      double moved = Math.min(transfer.left, transfer.rate * elapsed);
      transfer.left -= moved;
      bytesOnTheWay += moved;
    }
    updatedPs = clock.nowPs();
  }

  /** Divides the bandwidth, and sets the alarm for the first to complete. */
  private void share() {
    divide();
    next = null;
    double first = Double.POSITIVE_INFINITY;
    for (int i = 0; i < active.size(); i++) {
      double delay = active.get(i).left / active.get(i).rate;
      if (delay < first) {
        first = delay;
        next = active.get(i);
      }
    }
    alarm.unset();
    if (next != null) {
      alarm.set(first);
    }
  }

  /**
   * Max-min fair rates: whoever wants less than an equal share gets it, the others divide the rest.
   */
  private void divide() {
    double left = bytesPerPs;
    int open = active.size();
    for (int i = 0; i < active.size(); i++) {
      active.get(i).rate = 0;
    }
    boolean settled = true;
    while (open > 0 && settled) {
      settled = false;
      double share = left / open;
      for (int i = 0; i < active.size(); i++) {
        Transfer transfer = active.get(i);
        if (transfer.rate == 0 && transfer.limit <= share) {
          transfer.rate = transfer.limit;
          left -= transfer.limit;
          open--;
          settled = true;
        }
      }
    }
    for (int i = 0; i < active.size(); i++) {
      if (active.get(i).rate == 0) {
        active.get(i).rate = left / open;
      }
    }
  }

  /** Bytes on their way through the port. */
  public final class Transfer {
    private final Runnable done;
    private double bytes;
    private double left;
    private double limit;
    private double rate;

    private Transfer(Runnable done) {
      this.done = done;
    }

    /** Starts a transfer as fast as the port allows. */
    public void start(double transferBytes) {
      start(transferBytes, Double.POSITIVE_INFINITY);
    }

    /**
     * Starts a transfer.
     *
     * @param limitBytesPerPs the most that the other end can send or take
     */
    public void start(double transferBytes, double limitBytesPerPs) {
      if (active.contains(this)) {
        throw new IllegalStateException("the transfer is under way");
      }
      progress();
      bytes = transferBytes;
      left = transferBytes;
      limit = limitBytesPerPs;
      active.add(this);
      share();
    }

    /** Stops the transfer; returns the bytes that are left. */
    public double stop() {
      progress();
      active.remove(this);
      bytesMoved += bytes - left;
      share();
      return left;
    }
  }
}
