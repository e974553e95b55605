package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.DramPort;
import io.dipper.hwsim.time.device.FlashDevice;

/**
 * What must hold after the last pass of a sequence; anything else is a bug.
 *
 * @param phases of a pass; each ends at a whole picosecond, and may be cut by half of one
 */
record Laws(
    Books books,
    ReadQueue reads,
    FlashDevice flash,
    DramPort port,
    Operands operands,
    long phases) {
  void check() {
    times();
    bytes();
    require(flash.isQuiet(), "a read has not completed");
    require(port.isQuiet(), "a transfer has not completed");
    require(reads.stream().keptWithinBuffer(), "more was read ahead than the buffer takes");
    require(reads.guesses().stagedWithinBuffer(), "guesses took more than is set aside for them");
  }

  private void times() {
    double elapsed = books.elapsedPs();
    double sum = books.ledger().totalPs();
    require(Math.abs(sum - elapsed) <= 1e-12 * elapsed, "the ledger is not the elapsed time");
    require(books.ledger().seconds(Activity.IDLE) == 0, "time passed while nothing went on");
    double most = elapsed * (1 + 1e-12) + (double) books.passes() * phases;
    require(flash.busyPs() <= most, "Flash was busy for longer than time passed");
    require(port.busyPs() <= most, "the port was busy for longer than time passed");
    require(books.processorPs() <= most, "the processor was busy for longer than time passed");
  }

  private void bytes() {
    double read = flash.bytesRead();
    double planned = reads.totals().bytes();
    require(near(read, planned), "bytes read are not the planned ones");
    require(planned >= books.missedBytes() * (1 - 1e-9), "less is read than was missed");
    double written = port == flash.port() ? read : 0;
    double moved = port.bytesMoved() + operands.vramBytesRead();
    require(
        near(moved, books.operandBytes() + written),
        "bytes through the port and from VRAM are not all");
    require(near(operands.vramBytesRead(), books.vramBytes()), "bytes from VRAM are not all");
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
