package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.schedule.ReadAhead;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import org.jspecify.annotations.Nullable;

/**
 * What is known ahead (streamed static weights, misses of full masks, those of following tokens
 * too), in the order in which it is used, as far ahead as the {@link ReadAhead} buffer goes. A step
 * that waits for its read needs no room for it.
 */
final class StreamReads implements ReadSource {
  private final StepFetches fetches;
  private final Step[] steps;
  private final ReadAhead buffer;
  private final Reporter reporter;
  private final Fetch asked;
  private final Read read;
  private int row;
  private int step;
  private int endRow;
  private int unused;
  private double bytesAhead;
  private double mostAhead;

  StreamReads(Schedule schedule, StepFetches fetches, Reporter reporter) {
    this.fetches = fetches;
    this.steps = schedule.plan().steps();
    this.buffer = schedule.ahead();
    this.reporter = reporter;
    this.asked = fetches.fetch();
    this.read = new Read(TransferKind.FLASH_STREAM, fetches.fetch());
  }

  /** A sequence begins: nothing will be read beyond its last token. */
  void begin(int firstRow, int rows) {
    row = firstRow;
    step = 0;
    endRow = firstRow + rows;
  }

  /** Whether all that was read ahead is used. */
  boolean isEmpty() {
    return bytesAhead == 0;
  }

  /** Whether what a step fetches belongs to the stream. */
  boolean serves(int index) {
    return steps[index].isKnownAhead();
  }

  /**
   * A step needs what is streamed for it.
   *
   * @return the read that it waits for, which may have to begin yet; null where all has come
   */
  @Nullable Read request(int atRow, int index) {
    int underWay = read.state == Read.State.BEGUN ? 1 : 0;
    return fetches.load(asked, atRow, index) && unused == underWay ? read : null;
  }

  /** The bytes of the step that was asked about last. */
  double requestedBytes() {
    return asked.bytes;
  }

  /** The requests of that step. */
  double requestedReads() {
    return asked.bytes > 0 ? asked.requests : 0;
  }

  /** A step has used what was streamed for it; returns whether the buffer has more room now. */
  boolean consumed(int atRow, int index) {
    if (!serves(index) || !fetches.load(asked, atRow, index)) {
      return false;
    }
    unused--;
    bytesAhead = unused == 0 ? 0 : bytesAhead - buffer.room(index);
    reporter.changed(Gauge.BYTES_AHEAD, atRow, bytesAhead);
    return true;
  }

  @Override
  public @Nullable Read next(int atRow) {
    while (row < endRow) {
      if (serves(step) && fetches.load(read.fetch, row, step)) {
        if (!read.awaited && !buffer.hasRoom(step, bytesAhead)) {
          return null;
        }
        unused++;
        bytesAhead += buffer.room(step);
        mostAhead = Math.max(mostAhead, bytesAhead);
        reporter.changed(Gauge.BYTES_AHEAD, atRow, bytesAhead);
        read.step = step;
        advance();
        return read;
      }
      advance();
    }
    return null;
  }

  /** Whether never more was read ahead than the buffer takes. */
  boolean keptWithinBuffer() {
    return mostAhead <= buffer.bufferBytes() * (1 + 1e-9);
  }

  private void advance() {
    step++;
    if (step == steps.length) {
      step = 0;
      row++;
    }
  }
}
