package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.DramPort;
import io.dipper.hwsim.time.device.FlashDevice;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.proto.HardwareProfile;

/**
 * Runs passes of a schedule, one after another, on simulated devices. Every pass starts at time 0;
 * what Flash has begun to read ahead goes on across passes.
 *
 * <p>A step costs a handful of events whatever the number of units: requests are timed in closed
 * form before they reach the event list. Not safe for use by many threads.
 */
final class Engine {
  private final Clock clock;
  private final DramPort port;
  private final FlashDevice flash;
  private final Books books;
  private final Walker walker;
  private final ReadQueue reads;
  private final Laws laws;

  /**
   * @param seed of what a device does by chance
   * @param listener hears what happens
   */
  Engine(HardwareProfile profile, Schedule schedule, long seed, EngineListener listener) {
    Devices devices = Devices.of(profile, seed);
    this.clock = devices.clock();
    this.port = devices.port();
    Reporter reporter = new Reporter(listener, schedule.plan(), clock);
    this.books = new Books(clock, reporter);
    this.walker = new Walker(devices, profile, schedule, reporter, books);
    this.reads = walker.reads();
    this.flash = reads.flash();
    this.laws = new Laws(books, reads, flash, port, walker.operands(), walker.phases());
  }

  /** A sequence of passes begins, the first of them at a row. */
  void begin(int firstRow, int rows) {
    restart();
    reads.begin(firstRow, rows);
  }

  /**
   * Runs one pass.
   *
   * @param row the row whose counts it follows
   * @param positions the length of the KV cache that it reads
   * @return how long it took, in seconds
   */
  double run(int row, double positions) {
    restart();
    walker.walk(row, positions);
    books.passed();
    return Clock.seconds(clock.nowPs());
  }

  /** Where the time of all passes went. */
  Ledger ledger() {
    return books.ledger();
  }

  /** What was moved and computed in all passes. */
  DeviceWork work() {
    ReadTotals totals = reads.totals();
    return new DeviceWork(
        totals.requests(),
        flash.bytesRead(),
        totals.unmeasuredBytes(),
        port.bytesMoved(),
        walker.operands().vramBytesRead(),
        books.flops(),
        reads.guesses().mostStagedBytes());
  }

  /** How busy the components were in all passes. */
  Utilisation utilisation() {
    return books.utilisation(flash.busyPs(), port.busyPs());
  }

  /** Checks what must hold after the last pass of a sequence. */
  void checkInvariants() {
    laws.check();
  }

  private void restart() {
    double shift = clock.restart();
    port.shift(shift);
    flash.shift(shift);
    walker.heat().shift(shift);
    walker.load().shift(shift);
    books.restart();
  }
}
