package io.dipper.hwsim.time.device;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * An affine Flash, command by command. The host submits the commands of the reads one after
 * another, on several threads in turn; a submitted command waits until the device takes another and
 * for a free lane, first come first served; there it takes {@code latency + s / lane_bandwidth},
 * and beside others {@code crowding} times that. All lanes send through one link of {@code
 * max_bandwidth} (the throttled one when the device is hot): a command's bytes begin to pass after
 * its latency and after those of the commands before it, and it ends when the last of them has
 * passed.
 *
 * <p>So one read takes {@code submission + latency + s / lane_bandwidth}, and n in flight on l
 * lanes have the throughput {@code min(max_bandwidth, l s / (latency + s / lane_bandwidth), s /
 * submission)}.
 */
final class LaneQueue implements FlashQueue {
  private final Clock clock;
  private final AffineNumbers device;
  private final Throttle throttle;
  private final DoubleSupplier factors;
  private final Consumer<ReadRequest> done;
  private final double commands;
  private final double commandBytes;
  private final double submitPs;
  private final double submitNextPs;
  private final double takePs;
  private final Alarm host;
  private final Alarm gate;
  private final Deque<ReadRequest> submitting = new ArrayDeque<>();
  private final Deque<ReadRequest> waiting = new ArrayDeque<>();
  private final Deque<Lane> idle = new ArrayDeque<>();
  private double lanesMade;
  private double toSubmit;
  private double linkFreePs;
  private double takesFromPs;
  private int working;
  private double workingSincePs;

  /**
   * @param bytes the size of each read
   * @param factors by which the time of each command on its lane is longer than the formula's; 1 of
   *     a device as its profile says
   * @param done told of each read that has ended
   */
  LaneQueue(
      Clock clock,
      AffineNumbers device,
      Throttle throttle,
      double bytes,
      DoubleSupplier factors,
      Consumer<ReadRequest> done) {
    this.clock = clock;
    this.device = device;
    this.throttle = throttle;
    this.factors = factors;
    this.done = done;
    double read = device.bytesRead(bytes);
    this.commands = device.commands(read);
    this.commandBytes = read / commands;
    this.submitPs = Clock.picoseconds(device.submission() / commands);
    this.submitNextPs = submitPs / device.issue().threads();
    this.takePs = Clock.picoseconds(device.issue().interval());
    this.host = clock.alarm(this::submitted);
    this.gate = clock.alarm(this::start);
  }

  @Override
  public void submit(ReadRequest request) {
    request.commandsLeft = commands;
    if (submitPs == 0) {
      for (int i = 0; i < commands; i++) {
        waiting.add(request);
      }
      start();
      return;
    }
    submitting.add(request);
    if (submitting.size() == 1) {
      toSubmit = commands;
      host.set(submitPs);
    }
  }

  /** The host has submitted one more command. */
  private void submitted() {
    waiting.add(submitting.element());
    toSubmit--;
    if (toSubmit == 0) {
      submitting.remove();
      toSubmit = commands;
    }
    if (!submitting.isEmpty()) {
      host.set(nextSubmissionPs());
    }
    start();
  }

  /** Threads submit in turn; one that was idle takes its whole time from when the read came. */
  private double nextSubmissionPs() {
    double fromArrival = submitting.element().submittedPs + submitPs - clock.nowPs();
    return Math.max(submitNextPs, fromArrival);
  }

  private void start() {
    while (!waiting.isEmpty() && (!idle.isEmpty() || lanesMade < device.lanes())) {
      double now = clock.nowPs();
      if (now + 0.5 < takesFromPs) {
        if (!gate.isSet()) {
          gate.set(takesFromPs - now);
        }
        return;
      }
      takesFromPs = now + takePs;
      if (idle.isEmpty()) {
        idle.add(new Lane());
        lanesMade++;
      }
      idle.remove().start(waiting.remove());
    }
  }

  /** Tells the throttle of the time since the last change, and whether a lane was at work. */
  private void warm(int change) {
    double now = clock.nowPs();
    double seconds = Clock.seconds(now - workingSincePs);
    if (working > 0) {
      throttle.read(seconds);
    } else {
      throttle.rest(seconds);
    }
    workingSincePs = now;
    working += change;
  }

  /** One lane, which works on one command at a time. */
  private final class Lane {
    private final Alarm alarm = clock.alarm(this::end);
    private ReadRequest request = new ReadRequest(0);

    void start(ReadRequest next) {
      warm(1);
      double now = clock.nowPs();
      request = next;
      if (Double.isNaN(next.startedPs)) {
        next.startedPs = now;
      }
      boolean beside = working > 1 || !waiting.isEmpty() || !submitting.isEmpty();
      double factor = factors.getAsDouble();
      double slowdown = beside ? device.slowdown(2) : 1;
      double latencyPs = slowdown * Clock.picoseconds(device.latency());
      double transferPs = slowdown * Clock.picoseconds(commandBytes / device.laneBandwidth());
      double lanePs = factor * latencyPs + factor * transferPs;
      double bandwidth = Math.min(device.maxBandwidth(), throttle.limit());
      double linkPs = Clock.picoseconds(commandBytes / bandwidth);
      // A command that is slower than others does not keep the link from them.
      linkFreePs = Math.max(linkFreePs, now + Math.min(1, factor) * latencyPs) + linkPs;
      alarm.set(Math.max(lanePs, linkFreePs - now));
    }

    private void end() {
      warm(-1);
      idle.add(this);
      ReadRequest ended = request;
      ended.commandsLeft--;
      LaneQueue.this.start();
      if (ended.commandsLeft == 0) {
        done.accept(ended);
      }
    }
  }
}
