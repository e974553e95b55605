package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.FlashDevice;
import io.dipper.hwsim.time.device.LatencyTail;
import io.dipper.hwsim.time.device.ReadLoad;
import io.dipper.hwsim.time.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what Flash reads next, from three sources in order of rank: what a step demands, guesses,
 * the stream of what is known ahead. A step's demand goes at once, and sets aside what is being
 * read; guesses and stream are read in a pipeline only, whenever Flash has nothing else to do.
 */
final class ReadQueue {
  private final FlashDevice flash;
  private final LatencyTail tail;
  private final Reporter reporter;
  private final Runnable arrived;
  private final boolean ahead;
  private final DemandReads demand;
  private final GuessReads guesses;
  private final StreamReads stream;
  private final List<ReadSource> background;
  private final ReadTotals totals = new ReadTotals();
  private @Nullable Read current;
  private @Nullable Read aside;
  private int awaited;
  private int row;
  private double requestedBytes;
  private double requestedReads;

  /**
   * @param ahead whether Flash reads what no step has asked for yet
   * @param load told of what reads take of the processor
   * @param arrived called when a part of what a step waits for has come, or all of it
   */
  ReadQueue(
      Devices devices,
      StepFetches fetches,
      Schedule schedule,
      boolean ahead,
      Reporter reporter,
      ReadLoad load,
      Runnable arrived) {
    this.flash = devices.flash(load, this::complete);
    this.tail = devices.state().tail();
    this.reporter = reporter;
    this.arrived = arrived;
    this.ahead = ahead;
    this.demand = new DemandReads(fetches);
    this.guesses = new GuessReads(schedule, fetches);
    this.stream = new StreamReads(schedule, fetches, reporter);
    this.background = ahead ? List.of(guesses, stream) : List.of();
  }

  /** A sequence begins: nothing has been read ahead, and nothing will be beyond its last token. */
  void begin(int firstRow, int rows) {
    if (!flash.isQuiet() || !stream.isEmpty()) {
      throw new IllegalStateException("the sequence before has not ended");
    }
    row = firstRow;
    stream.begin(firstRow, rows);
    next();
  }

  /** A pass begins: what can be guessed of its first layer is. */
  void beginPass(int atRow) {
    row = atRow;
    if (ahead) {
      guesses.offerFirst(row);
      next();
    }
  }

  /**
   * The step needs its fetch: begins it if need be, and says whether it is still to come.
   *
   * @param parts equal ones in which what it misses is waited for
   */
  boolean request(int atRow, int step, int parts) {
    row = atRow;
    if (ahead && stream.serves(step)) {
      Read asked = stream.request(row, step);
      if (asked != null) {
        await(asked, asked.parts);
      }
      requestedBytes = stream.requestedBytes();
      requestedReads = stream.requestedReads();
    } else {
      demand(step, parts);
    }
    next();
    return awaited > 0;
  }

  /**
   * Reads what the step lacks beside its guess, and waits for the guess if that has begun. Units
   * that come one by one queue behind those that are guessed; others go first.
   */
  private void demand(int step, int parts) {
    Read guess = guesses.settle(step);
    Read missing = demand.of(row, step, parts, guess);
    requestedBytes = bytes(missing) + bytes(guess);
    requestedReads = reads(missing) + reads(guess);
    Read underWay = guess != null && guess.state == Read.State.BEGUN ? guess : null;
    if (missing != null && underWay != null && underWay.fetch.isUnitByUnit()) {
      totals.add(missing.fetch);
      underWay.join(missing);
    } else if (missing != null) {
      await(missing, missing.parts);
      setAside();
      start(missing);
    }
    if (underWay != null) {
      await(underWay, underWay.partsLeft());
    }
    if (ahead) {
      guesses.offer(row, step);
    }
  }

  private void await(Read read, int parts) {
    read.awaited = true;
    awaited += parts;
  }

  private void setAside() {
    if (current != null) {
      flash.suspend();
      tell(current, 0);
      aside = current;
    }
  }

  /** The step has used what was fetched ahead for it: the buffers have room again. */
  void consumed(int atRow, int step) {
    if (guesses.consumed(step)) {
      next();
    }
    if (ahead && stream.consumed(atRow, step)) {
      next();
    }
  }

  /** The parts that the present step waits for and that have not come. */
  int awaited() {
    return awaited;
  }

  /** The requests that read them. */
  double requestedReads() {
    return requestedReads;
  }

  /** The bytes that the step of the last request reads from Flash. */
  double requestedBytes() {
    return requestedBytes;
  }

  ReadTotals totals() {
    return totals;
  }

  GuessReads guesses() {
    return guesses;
  }

  StreamReads stream() {
    return stream;
  }

  FlashDevice flash() {
    return flash;
  }

  /** Begins a read of the first source that has one, if Flash is idle. */
  private void next() {
    for (int i = 0; i < background.size() && current == null; i++) {
      Read read = background.get(i).next(row);
      if (read != null) {
        start(read);
      }
    }
  }

  private void start(Read read) {
    Fetch fetch = read.fetch;
    totals.add(fetch);
    reporter.changed(Gauge.FLASH_QUEUE, row, fetch.requests);
    boolean continues = read.kind == TransferKind.FLASH_STREAM && flash.isJustDone();
    read.begin();
    read.state = Read.State.BEGUN;
    current = read;
    begin(read, read.parts == 1 ? fetch.seconds(continues) : read.partSeconds());
  }

  /** Begins the next part of a read, or all of it where it has one. */
  private void begin(Read read, double seconds) {
    double slowed = read.fetch.slowed(tail, seconds, read.parts);
    double processor = read.fetch.processorSeconds() / read.parts;
    flash.read(read.fetch.bytes / read.parts, slowed, processor);
  }

  private void complete() {
    Read read = current;
    if (read == null) {
      throw new IllegalStateException("a read has come that was not begun");
    }
    tell(read, read.fetch.bytes / read.parts);
    if (read.hasMoreParts()) {
      begin(read, read.partSeconds());
      if (read.awaited) {
        awaited--;
        arrived.run();
      }
      return;
    }
    read.state = Read.State.COME;
    resume();
    if (read.awaited) {
      read.awaited = false;
      awaited--;
      if (awaited == 0) {
        arrived.run();
      }
    }
    next();
  }

  /** Goes on with what was set aside. */
  private void resume() {
    current = aside;
    if (aside != null) {
      flash.resume();
      reporter.changed(Gauge.FLASH_QUEUE, row, aside.fetch.requests);
      aside = null;
    }
  }

  /** A stretch of a read has ended; its bytes count with the last one. */
  private void tell(Read read, double bytes) {
    double since = flash.sincePs();
    reporter.transferred(read.kind, row, read.step, since, bytes);
    if (flash.port() != null) {
      reporter.transferred(TransferKind.DRAM_WRITE, row, read.step, since, bytes);
    }
    reporter.changed(Gauge.FLASH_QUEUE, row, 0);
  }

  private static double reads(@Nullable Read read) {
    return read == null ? 0 : read.fetch.requests;
  }

  private static double bytes(@Nullable Read read) {
    return read == null ? 0 : read.fetch.bytes;
  }
}
