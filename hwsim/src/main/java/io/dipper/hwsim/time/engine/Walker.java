package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Alarm;
import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.ProcessorHeat;
import io.dipper.hwsim.time.device.ProcessorRates;
import io.dipper.hwsim.time.device.ReadLoad;
import io.dipper.hwsim.time.device.VramPath;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepWork;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import java.util.List;

/**
 * Takes the processor through the steps of a pass and their phases, from one event to the next,
 * while Flash reads beside it as far as the overlap allows.
 */
final class Walker {
  private final Clock clock;
  private final Alarm alarm;
  private final Step[] steps;
  private final StepPrice[] prices;
  private final List<Phase> whereNothingFaults;
  private final boolean ahead;
  private final boolean arithmeticAfterFetch;
  private final StepFetches fetches;
  private final StepWork work;
  private final ReadLoad load;
  private final ReadQueue reads;
  private final Operands operands;
  private final ProcessorHeat heat;
  private final Reporter reporter;
  private final Books books;

  private List<Phase> order;
  private int row;
  private double positions;
  private int step;
  private int phase;
  private int units;
  private int unit;
  private double cachedSeconds;
  private double missedSeconds;
  private boolean done;
  private boolean fetching;
  private boolean awaiting;
  private Activity activity = Activity.IDLE;

  Walker(
      Devices devices, HardwareProfile profile, Schedule schedule, Reporter reporter, Books books) {
    this.ahead = profile.getOverlap() == Overlap.PIPELINE;
    this.clock = devices.clock();
    this.alarm = clock.alarm(this::resume);
    this.steps = schedule.plan().steps();
    this.prices = StepPrice.of(schedule.plan(), ProcessorRates.of(profile.getProcessor()));
    this.whereNothingFaults = Phase.order(profile.getOverlap());
    this.order = whereNothingFaults;
    this.arithmeticAfterFetch = profile.getOverlap() == Overlap.IO;
    this.fetches = new StepFetches(schedule, devices);
    this.work = new StepWork(schedule);
    this.load = new ReadLoad(clock, this::goOnAtAnotherPace);
    this.reads = new ReadQueue(devices, fetches, schedule, ahead, reporter, load, this::arrived);
    this.heat = new ProcessorHeat(clock, profile.getProcessor());
    this.operands =
        new Operands(clock, devices.port(), VramPath.of(profile), reporter, load, this::resume);
    this.reporter = reporter;
    this.books = books;
  }

  ReadQueue reads() {
    return reads;
  }

  ProcessorHeat heat() {
    return heat;
  }

  ReadLoad load() {
    return load;
  }

  Operands operands() {
    return operands;
  }

  /** The phases of a pass, at most. */
  long phases() {
    long sum = 0;
    for (Step each : steps) {
      int apart = each.units().arrival().oneByOne() ? each.units().count() : 1;
      sum += order.size() + (long) Phase.OF_A_UNIT * (apart - 1);
    }
    return sum;
  }

  /** Goes through one pass, on a clock that stands at 0. */
  void walk(int passRow, double kvPositions) {
    row = passRow;
    positions = kvPositions;
    done = false;
    reads.beginPass(row);
    load(0);
    advance();
    if (!done) {
      clock.run();
    }
    if (!done) {
      throw new IllegalStateException("nothing is pending and the pass has not ended");
    }
  }

  private void load(int index) {
    step = index;
    order = steps[index].faults() ? Phase.order(Overlap.NONE) : whereNothingFaults;
    phase = 0;
    unit = 1;
    work.load(row, step, positions);
    cachedSeconds = prices[step].cachedSeconds(work);
    missedSeconds = prices[step].missedSeconds(work);
    operands.enter(row, step);
    int missed = work.selected() - work.hits();
    units = ahead && steps[step].units().arrival().oneByOne() ? Math.max(1, missed) : 1;
    books.enter(
        work,
        cachedSeconds + missedSeconds,
        steps[step].streamedBytes() + fetches.missedBytes(row, step, missed));
  }

  /** Goes on until something has to be waited for, or the pass is done. */
  private void advance() {
    while (true) {
      while (phase < order.size()) {
        if (waits(order.get(phase++))) {
          return;
        }
      }
      if (unit < units) {
        unit++;
        phase -= Phase.OF_A_UNIT;
        continue;
      }
      reads.consumed(row, step);
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
    StepPrice price = prices[step];
    return switch (next) {
      case SELECT -> handle(Activity.SELECT, work.choices() * price.selectSeconds());
      case ADMIT -> handle(Activity.ADMIT, work.admittedBytes() * price.admitSecondsPerByte());
      case FETCH -> {
        fetching = reads.request(row, step, units);
        reporter.demanded(row, step, work, reads);
        yield false;
      }
      case AWAIT -> {
        activity = Activity.FLASH;
        awaiting = lacksUnit();
        yield awaiting;
      }
      case GATHER ->
          handle(Activity.GATHER, price.gatherSeconds(work) + fetches.hitSeconds(row, step));
      case LAUNCH -> handle(Activity.LAUNCH, price.overheadSeconds());
      case READ_CACHED ->
          reads(operands.readCached(work.vramBytes(), work.dramBytes(), computing(cachedSeconds)));
      case READ_MISSED ->
          reads(
              operands.readFetched(
                  work.fetchedBytes() / units,
                  work.missedBytes() / units,
                  computing(missedSeconds / units)));
      case COMPUTE -> delay(Activity.COMPUTE, operands.arithmeticLeftPs());
    };
  }

  /** The processor does something else than arithmetic. */
  private boolean handle(Activity what, double coldSeconds) {
    double ps = Clock.picoseconds(heat.work(coldSeconds));
    books.busy(ps);
    return delay(what, ps);
  }

  private boolean delay(Activity what, double ps) {
    if (ps == 0) {
      return false;
    }
    activity = what;
    alarm.set(ps);
    return true;
  }

  /** How long arithmetic takes on the processor as hot as it is. */
  private double computing(double coldSeconds) {
    double seconds = heat.work(coldSeconds);
    books.busy(Clock.picoseconds(seconds - coldSeconds));
    return seconds;
  }

  private boolean reads(boolean any) {
    if (any) {
      activity = Activity.DRAM;
    }
    return any;
  }

  /** Reads take another share of the processor than when the rest of the arithmetic began. */
  private void goOnAtAnotherPace() {
    if (activity == Activity.COMPUTE && alarm.isSet()) {
      alarm.unset();
      alarm.set(operands.arithmeticLeftPs());
    }
  }

  /** What was waited for is over. */
  private void resume() {
    account();
    activity = Activity.IDLE;
    advance();
  }

  /** Whether the unit that is next to be used is still to come, or of several any. */
  private boolean lacksUnit() {
    return reads.awaited() > units - unit;
  }

  /** A unit of what the step fetches has come, or all of it. */
  private void arrived() {
    account();
    fetching = reads.awaited() > 0;
    if (arithmeticAfterFetch) {
      operands.arithmeticBegins();
    }
    if (awaiting && !lacksUnit()) {
      awaiting = false;
      activity = Activity.IDLE;
      advance();
    }
  }

  /** While a fetch is under way the moment is Flash's, whatever else goes on. */
  private void account() {
    books.spent(row, step, fetching ? Activity.FLASH : activity);
  }
}
