package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Alarm;
import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.DramPort;
import io.dipper.hwsim.time.device.ReadLoad;
import io.dipper.hwsim.time.device.VramPath;

/**
 * What a step reads from memory, and the arithmetic on it, which keeps pace as far as it can. What
 * lies in VRAM is read first, then what lies in DRAM, over the link between them.
 */
final class Operands {
  private final Clock clock;
  private final VramPath vram;
  private final DramPort.Transfer transfer;
  private final Alarm alarm;
  private final Reporter reporter;
  private final Runnable done;
  private final ReadLoad load;
  private TransferKind kind = TransferKind.DRAM_READ;
  private TransferKind apartKind = TransferKind.VRAM_READ;
  private int row;
  private int step;
  private double apartBytes;
  private double bytes;
  private double fromPs;
  private double arithmeticPs;
  private double arithmeticFromPs;
  private double takenFromPs;
  private double vramBytesRead;

  /**
   * @param load what reads of Flash take of the processor
   * @param done called when operands have been read
   */
  Operands(
      Clock clock, DramPort port, VramPath vram, Reporter reporter, ReadLoad load, Runnable done) {
    this.clock = clock;
    this.vram = vram;
    this.transfer = port.transfer(this::wasRead);
    this.alarm = clock.alarm(this::wasReadApart);
    this.reporter = reporter;
    this.load = load;
    this.done = done;
  }

  /** What is read next is for a step. */
  void enter(int forRow, int forStep) {
    row = forRow;
    step = forStep;
  }

  /**
   * Begins to compute on what is resident and cached, and to read it; returns whether that takes
   * time.
   *
   * @param arithmeticSeconds how long it computes on what is read
   */
  boolean readCached(double vramBytes, double dramBytes, double arithmeticSeconds) {
    begin(arithmeticSeconds);
    kind = TransferKind.DRAM_READ;
    bytes = dramBytes;
    return apart(TransferKind.VRAM_READ, vramBytes, vram.secondsPerByte()) || throughPort();
  }

  /**
   * Begins to compute on what was fetched, and to read it; returns whether that takes time. What is
   * not read again from DRAM has still to pass the link.
   *
   * @param dramBytes what is read again, all or nothing
   */
  boolean readFetched(double fetchedBytes, double dramBytes, double arithmeticSeconds) {
    begin(arithmeticSeconds);
    kind = TransferKind.DRAM_READ_FETCHED;
    bytes = dramBytes;
    return throughPort() || apart(TransferKind.LINK, fetchedBytes, vram.linkSecondsPerByte());
  }

  /** The arithmetic begins now, and not when its operands were read. */
  void arithmeticBegins() {
    arithmeticFromPs = clock.nowPs();
    takenFromPs = load.takenPs();
  }

  /** How long what is left of the arithmetic lasts, at the present pace. */
  double arithmeticLeftPs() {
    double passed = clock.nowPs() - arithmeticFromPs;
    double taken = load.takenPs() - takenFromPs;
    return load.lasting(Math.max(0, arithmeticPs - (passed - taken)));
  }

  /** All bytes that were read from VRAM. */
  double vramBytesRead() {
    return vramBytesRead;
  }

  private void begin(double arithmeticSeconds) {
    arithmeticPs = Clock.picoseconds(arithmeticSeconds);
    arithmeticBegins();
  }

  /** Begins to move bytes beside the DRAM's port; false where that takes no time. */
  private boolean apart(TransferKind what, double moved, double secondsPerByte) {
    double ps = Clock.picoseconds(moved * secondsPerByte);
    if (ps == 0) {
      return false;
    }
    apartKind = what;
    apartBytes = moved;
    fromPs = clock.nowPs();
    alarm.set(ps);
    return true;
  }

  private boolean throughPort() {
    if (bytes == 0) {
      return false;
    }
    fromPs = clock.nowPs();
    transfer.start(bytes, vram.linkBytesPerPs());
    return true;
  }

  private void wasReadApart() {
    reporter.transferred(apartKind, row, step, fromPs, apartBytes);
    if (apartKind == TransferKind.VRAM_READ) {
      vramBytesRead += apartBytes;
    }
    if (kind != TransferKind.DRAM_READ || !throughPort()) {
      done.run();
    }
  }

  private void wasRead() {
    reporter.transferred(kind, row, step, fromPs, bytes);
    done.run();
  }
}
