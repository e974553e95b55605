package io.dipper.hwsim.time.device;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;

/**
 * A Flash that is known by its throughput alone, read by read: while k are in flight each of them
 * advances at the pace at which k reads of the table end, {@code k s / throughput(s, k)} after they
 * began. So n always in flight have exactly the throughput that was measured for n, and each lasts
 * n / throughput; where reads come and go, the pace follows their number.
 */
final class SharedQueue implements FlashQueue {
  private static final double ROUNDING = 1e-9;

  /** A read and the progress of the device at which it ends. */
  private record Due(ReadRequest request, double progress, long order) {}

  private final Clock clock;
  private final Throttle throttle;
  private final DoubleUnaryOperator roundSeconds;
  private final double bytes;
  private final double most;
  private final DoubleSupplier factors;
  private final Consumer<ReadRequest> done;
  private final Alarm alarm;
  private final Deque<ReadRequest> waiting = new ArrayDeque<>();
  private final PriorityQueue<Due> inFlight =
      new PriorityQueue<>(Comparator.comparingDouble(Due::progress).thenComparingLong(Due::order));
  private double progress;
  private double progressPs;
  private double roundPs = Double.POSITIVE_INFINITY;
  private double target = Double.POSITIVE_INFINITY;
  private boolean settling;
  private long order;

  /**
   * @param roundSeconds how long reads last of which so many are in flight
   * @param bytes that each of them reads
   * @param most reads in flight; others wait, first come first served
   * @param factors of each read's work; 1 of a device as its profile says
   * @param done told of each read that has ended
   */
  SharedQueue(
      Clock clock,
      Throttle throttle,
      DoubleUnaryOperator roundSeconds,
      double bytes,
      double most,
      DoubleSupplier factors,
      Consumer<ReadRequest> done) {
    this.clock = clock;
    this.throttle = throttle;
    this.roundSeconds = roundSeconds;
    this.bytes = bytes;
    this.most = most;
    this.factors = factors;
    this.done = done;
    this.alarm = clock.alarm(this::settle);
  }

  /** All that is submitted at one moment begins together: the pace is settled after the last. */
  @Override
  public void submit(ReadRequest request) {
    waiting.add(request);
    if (!settling) {
      advance();
      target = Double.POSITIVE_INFINITY;
      alarm.unset();
      alarm.set(0);
    }
  }

  /** Ends what is due, begins what waits, and sets the alarm for the next that is due. */
  private void settle() {
    settling = true;
    advance();
    if (target < Double.POSITIVE_INFINITY) {
      progress = Math.max(progress, target);
    }
    start();
    while (!inFlight.isEmpty() && inFlight.element().progress <= progress + ROUNDING) {
      done.accept(inFlight.remove().request);
      start();
    }
    settling = false;
    if (!inFlight.isEmpty()) {
      roundPs = Clock.picoseconds(roundSecondsNow());
      target = inFlight.element().progress;
      alarm.set((target - progress) * roundPs);
    }
  }

  private double roundSecondsNow() {
    double reads = inFlight.size();
    return Math.max(roundSeconds.applyAsDouble(reads), reads * bytes / throttle.limit());
  }

  private void start() {
    while (!waiting.isEmpty() && inFlight.size() < most) {
      ReadRequest request = waiting.remove();
      request.startedPs = clock.nowPs();
      inFlight.add(new Due(request, progress + factors.getAsDouble(), order++));
    }
  }

  /** Moves the device on to the present. */
  private void advance() {
    double now = clock.nowPs();
    double seconds = Clock.seconds(now - progressPs);
    if (!inFlight.isEmpty()) {
      progress += (now - progressPs) / roundPs;
      throttle.read(seconds);
    } else {
      throttle.rest(seconds);
    }
    progressPs = now;
  }
}
