package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.time.device.Alarm;
import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.DramPort;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import org.jspecify.annotations.Nullable;

/**
 * Runs passes through the model, one after another: the processor goes through the steps of a pass
 * and their phases, while Flash reads beside it as far as the overlap allows. Every pass starts at
 * time 0; what Flash has begun to read ahead goes on across passes.
 *
 * <p>A step costs a handful of events whatever the number of units: requests are timed in closed
 * form before they reach the event list. Not safe for use by many threads.
 */
final class Engine {
  private final Clock clock;
  private final DramPort port;
  private final DramPort.Transfer read;
  private final Alarm alarm;
  private final TokenPlan plan;
  private final @Nullable Paging paging;
  private final Step[] steps;
  private final UnitCounts counts;
  private final Fetcher fetcher;
  private final StepWork work;
  private final Phase[] order;
  private final boolean arithmeticAfterFetch;
  private final Ledger ledger = new Ledger();
  private final EngineListener listener;

  private int row;
  private int step;
  private int phase;
  private int selected;
  private int hits;
  private double positions;
  private boolean done;
  private boolean fetching;
  private boolean awaiting;
  private Activity activity = Activity.IDLE;
  private double sincePs;
  private TransferKind reading = TransferKind.DRAM_READ;
  private double readingFromPs;
  private double readingBytes;
  private double arithmeticFromPs;
  private double arithmeticPs;
  private double flops;
  private double bytesPlanned;
  private double bytesMissed;
  private double elapsedPs;
  private double processorPs;
  private long passes;

  Engine(
      HardwareProfile profile,
      TokenPlan plan,
      UnitCounts counts,
      PassShape pass,
      ReadAhead buffer,
      EngineListener listener) {
    Devices devices = Devices.of(profile);
    this.clock = devices.clock();
    this.port = devices.port();
    this.read = port.transfer(this::wasRead);
    this.alarm = clock.alarm(this::resume);
    this.plan = plan;
    this.paging = devices.paging();
    this.steps = plan.steps();
    this.counts = counts;
    this.fetcher = new Fetcher(devices, plan, counts, profile, buffer, listener, this::arrived);
    this.work = new StepWork(pass);
    this.order = Phase.order(profile.getOverlap());
    this.arithmeticAfterFetch = profile.getOverlap() == Overlap.IO;
    this.listener = listener;
  }

  /** A sequence of passes begins, the first of them at a row. */
  void begin(int firstRow, int rows) {
    restart();
    fetcher.begin(firstRow, rows);
  }

  /**
   * Runs one pass.
   *
   * @param passRow the row whose counts it follows
   * @param kvPositions the length of the KV cache that it reads
   * @return how long it took
   */
  double run(int passRow, double kvPositions) {
    restart();
    row = passRow;
    positions = kvPositions;
    done = false;
    load(0);
    advance();
    if (!done) {
      clock.run();
    }
    if (!done) {
      throw new IllegalStateException("nothing is pending and the pass has not ended");
    }
    elapsedPs += clock.nowPs();
    passes++;
    return Clock.seconds(clock.nowPs());
  }

  Ledger ledger() {
    return ledger;
  }

  double flops() {
    return flops;
  }

  double flashBytes() {
    return fetcher.flash().bytesRead();
  }

  double unmeasuredBytes() {
    return fetcher.unmeasuredBytes();
  }

  double flashRequests() {
    return fetcher.requests();
  }

  double mostStagedBytes() {
    return fetcher.mostStagedBytes();
  }

  double dramBytes() {
    return port.bytesMoved();
  }

  /** How busy the components were, from the first pass to the last. */
  Utilisation utilisation() {
    return new Utilisation(
        share(fetcher.flash().busyPs()), share(port.busyPs()), share(processorPs));
  }

  /** Of the elapsed time; the clock's rounding must not make it more than all. */
  private double share(double busyPs) {
    return Math.min(1, busyPs / elapsedPs);
  }

  /** What must hold after the last pass of a sequence; anything else is a bug. */
  void checkInvariants() {
    double sum = ledger.totalPs();
    require(Math.abs(sum - elapsedPs) <= 1e-12 * elapsedPs, "the ledger is not the elapsed time");
    require(ledger.seconds(Activity.IDLE) == 0, "time passed while nothing went on");
    // Every wait ends at a whole picosecond, and may be cut by half of one.
    double most = elapsedPs * (1 + 1e-12) + (double) passes * steps.length * order.length;
    require(fetcher.flash().busyPs() <= most, "Flash was busy for longer than time passed");
    require(port.busyPs() <= most, "the port was busy for longer than time passed");
    require(processorPs <= most, "the processor was busy for longer than time passed");
    require(fetcher.flash().isQuiet(), "a read has not completed");
    require(port.isQuiet(), "a transfer has not completed");
    require(near(flashBytes(), fetcher.plannedBytes()), "bytes read are not the planned ones");
    require(fetcher.keptWithinBuffer(), "more was read ahead than the buffer takes");
    require(fetcher.stagedWithinBuffer(), "guesses took more than is set aside for them");
    require(fetcher.plannedBytes() >= bytesMissed * (1 - 1e-9), "less is read than was missed");
    double written = port == fetcher.flash().port() ? flashBytes() : 0;
    require(near(dramBytes(), bytesPlanned + written), "bytes through the port are not all");
  }

  private void restart() {
    double shift = clock.restart();
    port.shift(shift);
    fetcher.flash().shift(shift);
    sincePs = 0;
  }

  private void load(int index) {
    step = index;
    phase = 0;
    Step next = steps[step];
    hits = 0;
    selected = 0;
    if (next.isMasked()) {
      int group = next.units().group();
      int layer = plan.layer(step);
      selected = counts.selected(group, layer, row);
      hits = counts.hits(group, layer, row);
    }
    work.load(next, selected, hits, positions);
    flops += work.flops;
    processorPs += Clock.picoseconds(work.cachedSeconds + work.missedSeconds);
    bytesMissed += next.streamedBytes() + missedBytes(next, selected - hits);
    bytesPlanned += work.cachedBytes + work.missedBytes;
  }

  /** Of pages, those that are read: a unit may lack one of the several that it lies in. */
  private double missedBytes(Step next, int missed) {
    if (paging == null || !next.isMasked()) {
      return missed * next.units().bytes();
    }
    int group = next.units().group();
    return counts.count(Count.PAGES_READ, group, plan.layer(step), row) * paging.pageBytes();
  }

  /** Goes on until something has to be waited for, or the pass is done. */
  private void advance() {
    while (true) {
      while (phase < order.length) {
        if (waits(order[phase++])) {
          return;
        }
      }
      fetcher.consumed(row, step);
      if (step == steps.length - 1) {
        done = true;
        clock.stop();
        return;
      }
      load(step + 1);
    }
  }

  /** Begins a phase; returns whether it takes time. */
  private boolean waits(Phase next) {
    Step now = steps[step];
    return switch (next) {
      case SELECT -> delay(Activity.SELECT, Clock.picoseconds(now.units().selectSeconds()));
      case FETCH -> {
        fetching = fetcher.request(row, step);
        tellDemand(now);
        yield false;
      }
      case AWAIT -> {
        activity = Activity.FLASH;
        awaiting = fetching;
        yield fetching;
      }
      case GATHER ->
          delay(Activity.GATHER, Clock.picoseconds(selected * now.units().gatherSeconds()));
      case LAUNCH -> delay(Activity.LAUNCH, Clock.picoseconds(now.overheadSeconds()));
      case READ_CACHED -> reads(TransferKind.DRAM_READ, work.cachedBytes, work.cachedSeconds);
      case READ_MISSED ->
          reads(TransferKind.DRAM_READ_FETCHED, work.missedBytes, work.missedSeconds);
      case COMPUTE -> delay(Activity.COMPUTE, arithmeticLeftPs());
    };
  }

  private boolean delay(Activity what, double ps) {
    if (ps == 0) {
      return false;
    }
    activity = what;
    processorPs += what == Activity.COMPUTE ? 0 : ps;
    alarm.set(ps);
    return true;
  }

  private boolean reads(TransferKind kind, double bytes, double arithmeticSeconds) {
    arithmeticPs = Clock.picoseconds(arithmeticSeconds);
    arithmeticFromPs = clock.nowPs();
    if (bytes == 0) {
      return false;
    }
    activity = Activity.DRAM;
    reading = kind;
    readingBytes = bytes;
    readingFromPs = clock.nowPs();
    read.start(bytes);
    return true;
  }

  private void wasRead() {
    listener.transferred(
        reading,
        row,
        plan.layer(step),
        steps[step].kind(),
        readingFromPs,
        clock.nowPs(),
        readingBytes);
    resume();
  }

  private void tellDemand(Step now) {
    int layer = plan.layer(step);
    double bytes = fetcher.requestedBytes();
    listener.demanded(row, layer, now.kind(), selected, hits, bytes, clock.nowPs());
  }

  /** What is left of the arithmetic, which has kept pace with the reading. */
  private double arithmeticLeftPs() {
    return Math.max(0, arithmeticPs - (clock.nowPs() - arithmeticFromPs));
  }

  private void resume() {
    account();
    activity = Activity.IDLE;
    advance();
  }

  private void arrived() {
    account();
    fetching = false;
    if (arithmeticAfterFetch) {
      arithmeticFromPs = clock.nowPs();
    }
    if (awaiting) {
      awaiting = false;
      activity = Activity.IDLE;
      advance();
    }
  }

  /** Enters the time since the last entry, when something else began, into the ledger. */
  private void account() {
    double now = clock.nowPs();
    require(now >= sincePs, "the clock went back");
    if (now > sincePs) {
      Activity spent = fetching ? Activity.FLASH : activity;
      ledger.add(spent, now - sincePs);
      listener.spent(row, plan.layer(step), steps[step].kind(), spent, sincePs, now);
    }
    sincePs = now;
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
