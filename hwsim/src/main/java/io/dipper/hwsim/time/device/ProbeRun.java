package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import java.util.function.DoubleSupplier;
import umontreal.ssj.randvar.ExponentialGen;
import umontreal.ssj.rng.RandomStream;
import umontreal.ssj.stat.Tally;
import umontreal.ssj.stat.TallyStore;

/**
 * One run of a {@link FlashQueue} under a load: reads are submitted, and what ends after the
 * warm-up is measured. A closed loop submits the next read when one ends; an open one whenever it
 * is time.
 */
final class ProbeRun {
  private static final int WARM_UP_ROUNDS = 20;

  private final ProbeLoad load;
  private final Clock clock = new Clock();
  private final FlashQueue queue;
  private final Alarm arrival;
  private final DoubleSupplier gapsPs;
  private final TallyStore latencies;
  private final Tally waits = new Tally();
  private final long warmUp;
  private final long measured;
  private long ended;
  private double measuredFromPs;

  /**
   * @param factors of each read's time of service; 1 of a device as its profile says
   * @param arrivals the random numbers that an open loop's arrivals follow
   */
  ProbeRun(Flash flash, ProbeLoad load, DoubleSupplier factors, RandomStream arrivals) {
    this.load = load;
    this.queue = queue(flash, factors);
    this.arrival = clock.alarm(this::arrive);
    this.gapsPs =
        () -> Clock.picoseconds(ExponentialGen.nextDouble(arrivals, load.ratePerSecond()));
    long rounds = load.isOpen() ? 1 : load.lanes();
    measured = (load.reads() + rounds - 1) / rounds * rounds;
    warmUp = load.isOpen() ? load.reads() / WARM_UP_ROUNDS : WARM_UP_ROUNDS * rounds;
    latencies = new TallyStore("latency", (int) measured);
  }

  /** Runs until enough reads have been measured. */
  FlashProbe run() {
    if (load.isOpen()) {
      arrival.set(gapsPs.getAsDouble());
    } else {
      for (int i = 0; i < load.lanes(); i++) {
        submit();
      }
    }
    clock.run();
    double perSecond = measured / Clock.seconds(clock.nowPs() - measuredFromPs);
    return new FlashProbe(
        perSecond * load.readBytes(), perSecond, waits.average(), Latencies.of(latencies));
  }

  private FlashQueue queue(Flash flash, DoubleSupplier factors) {
    Throttle throttle = new Throttle(flash);
    if (!flash.hasTable()) {
      AffineNumbers numbers = AffineNumbers.of(flash);
      return new LaneQueue(
          clock,
          load.sequential() ? numbers.sequential() : numbers,
          throttle,
          load.readBytes(),
          factors,
          this::ended);
    }
    TableFlash table = new TableFlash(flash);
    double read = table.bytesRead(load.readBytes());
    double sequential = flash.getSequentialBandwidth().getValue();
    boolean atIt = load.sequential() && sequential > 0;
    return new SharedQueue(
        clock,
        throttle,
        reads ->
            atIt ? reads * read / sequential : table.roundSeconds(read, reads, load.spanBytes()),
        read,
        mostInFlight(flash, table),
        factors,
        this::ended);
  }

  /** A closed loop asks the table for as many reads as it keeps in flight. */
  private double mostInFlight(Flash flash, TableFlash table) {
    double depth =
        flash.hasQueueDepth() ? flash.getQueueDepth().getValue() : Double.POSITIVE_INFINITY;
    double asked = load.lanes() > 0 ? load.lanes() : table.lanes();
    return Math.min(depth, asked);
  }

  private void submit() {
    queue.submit(new ReadRequest(clock.nowPs()));
  }

  private void arrive() {
    arrival.set(gapsPs.getAsDouble());
    submit();
  }

  private void ended(ReadRequest request) {
    ended++;
    if (ended == warmUp) {
      measuredFromPs = clock.nowPs();
    } else if (ended > warmUp) {
      latencies.add(Clock.seconds(clock.nowPs() - request.submittedPs));
      waits.add(Clock.seconds(request.startedPs - request.submittedPs));
    }
    if (ended == warmUp + measured) {
      clock.stop();
    }
    if (!load.isOpen()) {
      submit();
    }
  }
}
