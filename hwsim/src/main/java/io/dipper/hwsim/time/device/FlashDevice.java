package io.dipper.hwsim.time.device;

import org.jspecify.annotations.Nullable;

/**
 * The Flash device as a component: one read (of many requests) at a time, and its bytes on their
 * way into DRAM. Where the port is too busy to take them at the device's pace, the read takes
 * longer.
 */
public final class FlashDevice {
  private final Clock clock;
  private final Throttle throttle;
  private final ReadLoad load;
  private final Runnable done;
  private final Alarm alarm;
  private final @Nullable DramPort port;
  private final DramPort.@Nullable Transfer write;
  private boolean busy;
  private double bytes;
  private double limit;
  private double suspendedBytes;
  private double suspendedLimit;
  private double share;
  private double suspendedShare;
  private double suspendedLeft;
  private double endedPs = Double.NaN;
  private double bytesRead;
  private double busySincePs;
  private double restedPs;
  private double busyPs;
  private long started;
  private long completed;

  /**
   * @param throttle told of the time that the device reads
   * @param load told of what reads take of the processor
   * @param port the port through which what is read goes into DRAM; null where that costs nothing
   * @param done called at the end of each read
   */
  public FlashDevice(
      Clock clock, Throttle throttle, ReadLoad load, @Nullable DramPort port, Runnable done) {
    this.clock = clock;
    this.throttle = throttle;
    this.load = load;
    this.done = done;
    this.alarm = clock.alarm(this::end);
    this.port = port;
    this.write = port == null ? null : port.transfer(this::end);
    throttle.cools(() -> busy ? 0 : Clock.seconds(clock.nowPs() - restedPs));
  }

  /** Whether a read ended at this very moment, so that the next continues it. */
  public boolean isJustDone() {
    return endedPs == clock.nowPs();
  }

  /**
   * Begins a read on the idle device.
   *
   * @param readBytes what it moves, whole pages
   * @param seconds how long it takes where nothing holds it up, as the device is now
   * @param processorSeconds by which it holds up arithmetic beside all of it
   */
  public void read(double readBytes, double seconds, double processorSeconds) {
    if (busy) {
      throw new IllegalStateException("Flash is busy");
    }
    throttle.read(seconds); // while it is still known how long the device was idle
    busy = true;
    busySincePs = clock.nowPs();
    started++;
    bytes = readBytes;
    double durationPs = Clock.picoseconds(seconds);
    if (write == null) {
      alarm.set(durationPs);
    } else {
      limit = readBytes / durationPs;
      write.start(readBytes, limit);
    }
    share = ReadLoad.share(processorSeconds, seconds);
    load.take(share);
  }

  /** Sets the read under way aside, so that another can go first; one at most. */
  public void suspend() {
    if (!busy || suspendedBytes != 0) {
      throw new IllegalStateException("nothing to set aside, or something is already");
    }
    suspendedBytes = bytes;
    suspendedLimit = limit;
    suspendedShare = share;
    suspendedLeft = write == null ? alarm.unset() : write.stop();
    rest();
  }

  /** Goes on with the read that was set aside. */
  public void resume() {
    busy = true;
    busySincePs = clock.nowPs();
    bytes = suspendedBytes;
    limit = suspendedLimit;
    share = suspendedShare;
    suspendedBytes = 0;
    if (write == null) {
      alarm.set(suspendedLeft);
    } else {
      write.start(suspendedLeft, limit);
    }
    load.take(share);
  }

  /** The port that reads go through; null where they go through none. */
  public @Nullable DramPort port() {
    return port;
  }

  /** The bytes of all completed reads. */
  public double bytesRead() {
    return bytesRead;
  }

  /** Whether every read that was started has completed once. */
  public boolean isQuiet() {
    return !busy && started == completed;
  }

  /** Follows a restart of the clock. */
  public void shift(double byPs) {
    endedPs -= byPs;
    busySincePs -= byPs;
    restedPs -= byPs;
  }

  /** The time in which a read was under way; one that was set aside is not. */
  public double busyPs() {
    return busyPs;
  }

  /** When the read that is under way, or was last, began or went on. */
  public double sincePs() {
    return busySincePs;
  }

  private void rest() {
    busy = false;
    restedPs = clock.nowPs();
    busyPs += restedPs - busySincePs;
    load.take(0);
  }

  private void end() {
    rest();
    completed++;
    bytesRead += bytes;
    endedPs = clock.nowPs();
    done.run();
  }
}
