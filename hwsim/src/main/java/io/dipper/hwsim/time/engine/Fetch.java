package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.time.device.FetchTiming;
import io.dipper.hwsim.time.device.LatencyTail;
import io.dipper.hwsim.time.device.MeasuredRange;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepUnits;
import org.jspecify.annotations.Nullable;

/**
 * What one step fetches from Flash: static weights or all misses of a full mask as a stream, units
 * that come one by one all at once, the misses of other masks run by run, or, where that is sooner,
 * the group's matrices whole. Reused from step to step.
 *
 * <p>A run of adjacent missed units, and of those between them that are read over, is one request
 * per place it lies in, none smaller than the least that is asked for. All runs of a step are taken
 * to be as long as their mean. Beside requests of the runs' own lengths there are as many, and they
 * ask for as many bytes (too few by less than the smallest request each, where there is one); the
 * bytes read differ by less than a page per request, because each is rounded up to whole pages.
 *
 * <p>The reads of units that come one by one wait in one queue, whatever their sizes: they are
 * taken to be as long as their mean, but the bytes read are those of their own sizes.
 */
final class Fetch {
  private final FetchTiming flash;
  private final MeasuredRange range;
  private boolean stream;
  private double streamBytes;
  private double requestsSeconds;
  private boolean everything;
  private boolean unitByUnit;
  private double unitReads;
  private double unitReadBytes;
  private double span;
  private int blockUnits;
  private int blockRuns;
  private @Nullable Paging rounds;
  private int faults;
  double bytes;
  double requests;

  /** The bytes among them of reads that the device's table does not tell of. */
  double unmeasuredBytes;

  /**
   * @param range what the device was measured for
   */
  Fetch(FetchTiming flash, MeasuredRange range) {
    this.flash = flash;
    this.range = range;
  }

  /**
   * Says what the next step reads of matrices whose columns lie in blocks of a file's rows.
   *
   * @param units in blocks that are read
   * @param runs of adjacent units that they form
   */
  void ofBlocks(int units, int runs) {
    blockUnits = units;
    blockRuns = runs;
  }

  /**
   * Fills in a step; returns whether it fetches anything.
   *
   * @param missed units
   * @param runs of adjacent units that they form, gaps that are read over closed
   * @param overread units in such gaps
   */
  boolean load(Step step, int missed, int runs, int overread) {
    StepUnits units = step.units();
    unmeasuredBytes = 0;
    rounds = null;
    unitByUnit = !step.isKnownAhead() && units.arrival().oneByOne();
    if (step.isKnownAhead()) {
      loadStream(step.isMasked() ? missed * units.bytes() : step.streamedBytes(), units);
    } else if (unitByUnit) {
      loadUnits(units, missed);
    } else {
      loadRuns(units, missed + overread, missed > 0 ? runs : 0);
    }
    return bytes > 0;
  }

  /**
   * Fills in a step whose misses are page faults; returns whether it reads anything.
   *
   * @param ahead reads that are begun beside the faults
   */
  boolean loadPages(Paging paging, int faults, int ahead, int pages) {
    int reads = faults + ahead;
    rounds = paging;
    this.faults = faults;
    stream = false;
    unitByUnit = false;
    requests = reads;
    bytes = 0;
    unmeasuredBytes = 0;
    requestsSeconds = 0;
    if (reads > 0) {
      double mean = pages * paging.pageBytes() / reads;
      bytes = reads * flash.bytesRead(mean);
      requestsSeconds = paging.seconds(flash.device(), faults, ahead, mean);
      unmeasuredBytes = paging.unmeasuredBytes(range, faults, ahead, mean);
    }
    return reads > 0;
  }

  /**
   * Fills in a step whose misses lie in pages that were counted; returns whether there are any.
   *
   * @param reads of adjacent pages, each taken to be as long as their mean
   */
  boolean loadReads(StepUnits units, int reads, int pages) {
    rounds = null;
    stream = false;
    unitByUnit = false;
    everything = false;
    requests = reads;
    bytes = 0;
    requestsSeconds = 0;
    unmeasuredBytes = 0;
    if (reads > 0) {
      double each = pages * units.requests().get(0).bytesEach() / reads;
      double whole = units.count() * units.bytes();
      bytes = reads * flash.bytesRead(each);
      requestsSeconds = flash.requestsSeconds(reads, each, whole);
      unmeasuredBytes = range.outside(reads, each, whole);
    }
    return reads > 0;
  }

  private void loadUnits(StepUnits units, int missed) {
    stream = false;
    everything = false;
    unitReads = 0;
    double unitBytes = 0;
    double bytesRead = 0;
    for (int i = 0; i < units.requests().size(); i++) {
      UnitRequests each = units.requests().get(i);
      unitReads += each.perUnit();
      unitBytes += each.perUnit() * each.bytesEach();
      bytesRead += each.perUnit() * flash.bytesRead(each.bytesEach());
    }
    unitReadBytes = unitBytes / unitReads;
    span = units.count() * unitBytes;
    requests = missed * unitReads;
    bytes = missed * bytesRead;
    requestsSeconds = missed == 0 ? 0 : unitsSeconds(missed);
    unmeasuredBytes = missed == 0 ? 0 : range.outside(requests, unitReadBytes, span);
  }

  /** Whether it is of units that come one by one. */
  boolean isUnitByUnit() {
    return unitByUnit;
  }

  /** Adds units of the same step to those that come one by one. */
  void join(Fetch other) {
    requests += other.requests;
    bytes += other.bytes;
    unmeasuredBytes += other.unmeasuredBytes;
  }

  /** How long so many units take that come one by one, on a device with nothing else to do. */
  double unitsSeconds(int units) {
    return flash.requestsSeconds(units * unitReads, unitReadBytes, span);
  }

  private void loadRuns(StepUnits units, int read, int runs) {
    stream = false;
    everything = runs > 0;
    requestsSeconds = 0;
    requests = 0;
    bytes = 0;
    for (int i = 0; i < units.requests().size() && runs > 0; i++) {
      UnitRequests each = units.requests().get(i);
      boolean blocks = each.inBlocks();
      addRuns(units, each, blocks ? blockUnits : read, blocks ? blockRuns : runs);
    }
  }

  /** Adds the reads of one size, or all stretches that they lie in where that is sooner. */
  private void addRuns(StepUnits units, UnitRequests each, int read, int runs) {
    double whole = units.count() * (each.perUnit() * each.bytesEach());
    double runBytes = Math.max(units.leastRequestBytes(), read * each.bytesEach() / runs);
    double runRequests = (double) runs * each.perUnit();
    double runSeconds = flash.requestsSeconds(runRequests, runBytes, whole);
    double wholeRequests = streamRequests(whole, each.stretches());
    double wholeSeconds = flash.streamSeconds(whole, wholeRequests, false);
    boolean nothingBetween = each.inBlocks() && read == units.count();
    boolean all = each.stretches() > 0 && (nothingBetween || wholeSeconds < runSeconds);
    everything &= all;
    requestsSeconds += all ? wholeSeconds : runSeconds;
    requests += all ? wholeRequests : runRequests;
    unmeasuredBytes +=
        all ? range.outsideOfStream(whole) : range.outside(runRequests, runBytes, whole);
    bytes += all ? flash.bytesRead(whole) : runRequests * flash.bytesRead(runBytes);
  }

  private void loadStream(double size, StepUnits units) {
    stream = true;
    everything = false;
    streamBytes = size;
    bytes = flash.bytesRead(size);
    requests = streamRequests(size, units.stretches());
    unmeasuredBytes = range.outsideOfStream(size);
  }

  /** The commands of a stream, one at least for each stretch that it reads. */
  private double streamRequests(double size, int stretches) {
    return Math.max(stretches, flash.streamRequests(size));
  }

  /** Whether every unit of the group is read. */
  boolean isWhole() {
    return everything;
  }

  /**
   * How long it takes, or an equal part of it, with the commands that are slow.
   *
   * @param seconds how long it takes if none is
   */
  double slowed(LatencyTail tail, double seconds, int parts) {
    if (rounds != null) {
      return seconds + rounds.slowSeconds(tail, faults, requests - faults, bytes / requests);
    }
    double each = bytes / requests;
    if (parts == 1) {
      return tail.seconds(requests, each, stream, seconds);
    }
    double own = requests / parts;
    double alone = flash.requestsSeconds(own, each, span);
    return seconds + tail.seconds(own, each, stream, alone) - alone;
  }

  /** By how much it holds up arithmetic beside all of it, in seconds; page faults do not. */
  double processorSeconds() {
    return rounds == null ? flash.processorSeconds(requests, bytes) : 0;
  }

  /** How long it takes on a device with nothing else to do. */
  double seconds(boolean continued) {
    return stream ? flash.streamSeconds(streamBytes, requests, continued) : requestsSeconds;
  }
}
