package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.DramPort;

/** What a step reads from DRAM, and the arithmetic on it, which keeps pace as far as it can. */
final class Operands {
  private final Clock clock;
  private final DramPort.Transfer transfer;
  private final Reporter reporter;
  private final Runnable done;
  private TransferKind kind = TransferKind.DRAM_READ;
  private int row;
  private int step;
  private double bytes;
  private double fromPs;
  private double arithmeticPs;
  private double arithmeticFromPs;

  /**
   * @param done called when operands have been read
   */
  Operands(Clock clock, DramPort port, Reporter reporter, Runnable done) {
    this.clock = clock;
    this.transfer = port.transfer(this::wasRead);
    this.reporter = reporter;
    this.done = done;
  }

  /** What is read next is for a step. */
  void enter(int forRow, int forStep) {
    row = forRow;
    step = forStep;
  }

  /**
   * Begins to read and to compute; returns whether there is anything to read.
   *
   * @param arithmeticSeconds how long it computes on what is read
   */
  boolean read(TransferKind what, double readBytes, double arithmeticSeconds) {
    arithmeticPs = Clock.picoseconds(arithmeticSeconds);
    arithmeticBegins();
    if (readBytes == 0) {
      return false;
    }
    kind = what;
    bytes = readBytes;
    fromPs = clock.nowPs();
    transfer.start(readBytes);
    return true;
  }

  /** The arithmetic begins now, and not when its operands were read. */
  void arithmeticBegins() {
    arithmeticFromPs = clock.nowPs();
  }

  /** What is left of the arithmetic. */
  double arithmeticLeftPs() {
    return Math.max(0, arithmeticPs - (clock.nowPs() - arithmeticFromPs));
  }

  private void wasRead() {
    reporter.transferred(kind, row, step, fromPs, bytes);
    done.run();
  }
}
