package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.FlashDevice;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what Flash reads next. A step's own fetch goes first. In a pipeline, what is known ahead
 * (streamed static weights, misses of full masks, those of following tokens too) is read in order
 * whenever Flash has nothing else to do, as far ahead as the {@link ReadAhead} buffer goes; a
 * step's fetch interrupts it, and it goes on afterwards. {@link Guesses} go before what is known
 * ahead; a step waits for its guess if that was begun.
 */
final class Fetcher {
  private static final long NOTHING = -1;

  private final FlashDevice flash;
  private final Runnable arrived;
  private final Step[] steps;
  private final TokenPlan plan;
  private final UnitCounts counts;
  private final boolean ahead;
  private final ReadAhead buffer;
  private final @Nullable Paging paging;
  private final EngineListener listener;
  private final Clock clock;
  private final Fetch demand;
  private final Fetch stream;
  private final Guesses guesses;

  private long cursor;
  private long end;
  private long streaming = NOTHING;
  private long streamed = NOTHING;
  private long awaited = NOTHING;
  private long demanded = NOTHING;
  private boolean demanding;
  private Guesses.@Nullable Guess guessing;
  private boolean guessAwaited;
  private int present;
  private double requestedBytes;
  private double streamBytes;
  private double streamRequests;
  private double bytesAhead;
  private double mostAhead;
  private double requests;
  private double plannedBytes;
  private double unmeasuredBytes;

  Fetcher(
      Devices devices,
      TokenPlan plan,
      UnitCounts counts,
      HardwareProfile profile,
      ReadAhead buffer,
      EngineListener listener,
      Runnable arrived) {
    Supplier<Fetch> fetches = () -> new Fetch(devices.flashTiming(), devices.measured());
    this.flash = devices.flash(this::complete);
    this.listener = listener;
    this.clock = devices.clock();
    this.arrived = arrived;
    this.plan = plan;
    this.steps = plan.steps();
    this.counts = counts;
    this.ahead = profile.getOverlap() == Overlap.PIPELINE;
    this.buffer = buffer;
    this.paging = devices.paging();
    this.demand = fetches.get();
    this.stream = fetches.get();
    this.guesses = new Guesses(plan, counts, fetches, buffer.stagingBytes());
  }

  /** A sequence begins: nothing has been read ahead, and nothing will be beyond its last token. */
  void begin(int firstRow, int rows) {
    if (!flash.isQuiet() || bytesAhead != 0) {
      throw new IllegalStateException("the sequence before has not ended");
    }
    present = firstRow;
    cursor = index(firstRow, 0);
    end = index(firstRow + rows, 0);
    next();
  }

  /** The step needs its fetch: begins it if need be, and says whether it is still to come. */
  boolean request(int row, int step) {
    present = row;
    if (ahead && steps[step].isKnownAhead()) {
      awaited = index(row, step);
      boolean toCome = load(stream, row, step) && streamed < awaited;
      requestedBytes = stream.bytes;
      awaited = toCome ? awaited : NOTHING;
      next();
      return toCome;
    }
    return steps[step].isMasked() ? requestMisses(row, step) : demand(row, step, null);
  }

  /** What is missed beside a guess, and the guess itself if it is under way. */
  private boolean requestMisses(int row, int step) {
    Guesses.Guess guess = guesses.settle(step);
    boolean toCome = demand(row, step, guess);
    requestedBytes += guess == null ? 0 : guess.fetch.bytes;
    guessAwaited = guess != null && guess == guessing;
    if (ahead) {
      guesses.offer(row, step);
      next();
    }
    return toCome || guessAwaited;
  }

  /** What the step fetches beside its guess, if one was begun. */
  private boolean demand(int row, int step, Guesses.@Nullable Guess guess) {
    boolean toCome = load(demand, row, step, guess);
    requestedBytes = toCome ? demand.bytes : 0;
    if (toCome) {
      interrupt();
      demanding = true;
      demanded = index(row, step);
      start(demand);
    }
    return toCome;
  }

  /** Sets aside what is read in the background. */
  private void interrupt() {
    if (guessing != null) {
      flash.suspend();
      tell(TransferKind.FLASH_GUESS, index(guessing.row(), guessing.step()), 0);
    } else if (streaming != NOTHING) {
      flash.suspend();
      tell(TransferKind.FLASH_STREAM, streaming, 0);
    }
  }

  /** The step has used what was fetched ahead for it: the buffer has room again. */
  void consumed(int row, int step) {
    if (guesses.consumed(step)) {
      next();
    }
    if (ahead && steps[step].isKnownAhead() && load(stream, row, step)) {
      bytesAhead -= buffer.room(step);
      bytesAhead = streaming == NOTHING && streamed == index(row, step) ? 0 : bytesAhead;
      listener.changed(Gauge.BYTES_AHEAD, row, bytesAhead, clock.nowPs());
      next();
    }
  }

  double requests() {
    return requests;
  }

  /** The bytes that the step of the last request reads from Flash. */
  double requestedBytes() {
    return requestedBytes;
  }

  /** The bytes of reads that the device's table does not tell of. */
  double unmeasuredBytes() {
    return unmeasuredBytes;
  }

  /** The bytes of all reads that were ever begun. */
  double plannedBytes() {
    return plannedBytes;
  }

  /** Whether never more was read ahead than the buffer takes. */
  boolean keptWithinBuffer() {
    return mostAhead <= buffer.bufferBytes() * (1 + 1e-9);
  }

  /** Whether guesses never took more than is set aside for them. */
  boolean stagedWithinBuffer() {
    return mostStagedBytes() <= buffer.stagingBytes() * (1 + 1e-9);
  }

  /** The most bytes that guesses ever took beside the caches. */
  double mostStagedBytes() {
    return guesses.mostStagedBytes();
  }

  FlashDevice flash() {
    return flash;
  }

  private void complete() {
    if (demanding) {
      tell(TransferKind.FLASH_DEMAND, demanded, demand.bytes);
      demanding = false;
      if (streaming != NOTHING || guessing != null) {
        flash.resume();
        double left = guessing == null ? streamRequests : guessing.fetch.requests;
        listener.changed(Gauge.FLASH_QUEUE, present, left, clock.nowPs());
      }
      if (!guessAwaited) {
        arrived.run();
      }
    } else if (guessing != null) {
      completeGuess(guessing);
    } else {
      tell(TransferKind.FLASH_STREAM, streaming, streamBytes);
      streamed = streaming;
      streaming = NOTHING;
      if (awaited == streamed) {
        awaited = NOTHING;
        arrived.run();
      }
    }
    next();
  }

  private void completeGuess(Guesses.Guess guess) {
    tell(TransferKind.FLASH_GUESS, index(guess.row(), guess.step()), guess.fetch.bytes);
    guessing = null;
    if (guessAwaited) {
      guessAwaited = false;
      arrived.run();
    }
  }

  /**
   * Begins the next guess or stream, if Flash is idle and one is left, for which the buffer has
   * room.
   */
  private void next() {
    if (!ahead || demanding || guessing != null || streaming != NOTHING) {
      return;
    }
    guessing = guesses.begin();
    if (guessing != null) {
      start(guessing.fetch);
      return;
    }
    while (cursor < end) {
      int step = (int) (cursor % steps.length);
      if (steps[step].isKnownAhead() && load(stream, (int) (cursor / steps.length), step)) {
        if (cursor != awaited && !buffer.hasRoom(step, bytesAhead)) {
          return;
        }
        bytesAhead += buffer.room(step);
        mostAhead = Math.max(mostAhead, bytesAhead);
        streamBytes = stream.bytes;
        streamRequests = stream.requests;
        listener.changed(Gauge.BYTES_AHEAD, present, bytesAhead, clock.nowPs());
        streaming = cursor++;
        start(stream);
        return;
      }
      cursor++;
    }
  }

  private void start(Fetch fetch) {
    requests += fetch.requests;
    plannedBytes += fetch.bytes;
    unmeasuredBytes += fetch.unmeasuredBytes;
    listener.changed(Gauge.FLASH_QUEUE, present, fetch.requests, clock.nowPs());
    flash.read(fetch.bytes, fetch.seconds(fetch == stream && flash.isJustDone()));
  }

  /** A stretch of a read has ended; its bytes count with the last one. */
  private void tell(TransferKind kind, long index, double bytes) {
    int step = (int) (index % steps.length);
    int layer = plan.layer(step);
    double start = flash.sincePs();
    double now = clock.nowPs();
    StepKind what = steps[step].kind();
    listener.transferred(kind, present, layer, what, start, now, bytes);
    if (flash.port() != null) {
      listener.transferred(TransferKind.DRAM_WRITE, present, layer, what, start, now, bytes);
    }
    listener.changed(Gauge.FLASH_QUEUE, present, 0, now);
  }

  /** Loads what a step fetches that no guess can spare it; false where that is nothing. */
  private boolean load(Fetch fetch, int row, int step) {
    return load(fetch, row, step, null);
  }

  /** Loads what a step fetches beside {@code guess}; false where that is nothing. */
  private boolean load(Fetch fetch, int row, int step, Guesses.@Nullable Guess guess) {
    int group = steps[step].units().group();
    if (group < 0) {
      return fetch.load(steps[step], 0, 0, 0);
    }
    int layer = plan.layer(step);
    if (paging != null) {
      return fetch.loadPages(
          paging,
          counts.count(Count.FAULTS, group, layer, row),
          counts.count(Count.PAGES_READ, group, layer, row));
    }
    int missed = counts.selected(group, layer, row) - counts.hits(group, layer, row);
    int runs = counts.missedRuns(group, layer, row);
    int guessed = counts.count(Count.GUESSED, group, layer, row);
    if (guessed > 0 && !steps[step].isKnownAhead()) {
      int right = counts.count(Count.GUESSED_RIGHT, group, layer, row);
      if (guess == null) {
        runs += runsOf(right, guessed, counts.count(Count.GUESSED_RUNS, group, layer, row));
      } else {
        missed = guess.fetch.isWhole() ? 0 : missed - right;
      }
    }
    int overread = missed == 0 ? 0 : counts.count(Count.OVERREAD, group, layer, row);
    return fetch.load(steps[step], missed, runs, overread);
  }

  /** The runs of what was right in a guess that was not read: they are as long as the guess's. */
  private static int runsOf(int right, int guessed, int guessedRuns) {
    return (int) Math.ceil((double) right * guessedRuns / guessed);
  }

  private long index(int row, int step) {
    return (long) row * steps.length + step;
  }
}
