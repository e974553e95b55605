package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;

/**
 * A Flash device on which a command of s bytes takes {@code latency + s / lane_bandwidth}, on one
 * of {@code lanes} lanes that together transfer at most {@code max_bandwidth}.
 *
 * <p>A request is rounded up to whole pages and split into equal commands of at most {@code
 * command_size}; at most {@code queue_depth} are in flight; the host submits requests one after
 * another, {@code submission} each, on {@code submission_threads} threads in turn; the device takes
 * {@code commands_per_second}; of several commands each takes {@code crowding} times as long as one
 * alone. For m commands of s bytes issued at once, with l = min(lanes, queue_depth), t = latency +
 * s / lane_bandwidth, u the submission time of a command and v = max(u / threads, 1 /
 * commands_per_second), the last completes at the latest of
 *
 * <ul>
 *   <li>{@code u + (m - 1) v + t}: the host or the device's command rate is the bottleneck;
 *   <li>{@code u + (m - (r - 1) l - 1) v + r t} with {@code r = ceil(m / l)} rounds: the lanes are;
 *   <li>{@code u + latency + m s / max_bandwidth}: the bandwidth is.
 * </ul>
 *
 * <p>Hence one request at queue depth 1 takes {@code latency + s / bandwidth}, and many have the
 * throughput {@code min(max_bandwidth, l s / t, s / v)}. The first two lines are exact; the third
 * lets the latencies of some commands hide behind the transfers of others.
 */
public final class AffineFlash implements FlashTiming {
  private final AffineNumbers device;

  /** A device as its profile says; what is absent costs nothing and limits nothing. */
  public AffineFlash(Flash flash) {
    this(AffineNumbers.of(flash));
  }

  AffineFlash(AffineNumbers device) {
    this.device = device;
  }

  @Override
  public double bytesRead(double bytes) {
    return device.bytesRead(bytes);
  }

  @Override
  public double requestsSeconds(double requests, double bytes, double span) {
    double read = bytesRead(bytes);
    double perRequest = device.commands(read);
    double submit = device.submission() / perRequest;
    double commands = requests * perRequest;
    double slowdown = device.slowdown(commands);
    double latency = slowdown * device.latency();
    double service = latency + slowdown * (read / perRequest / device.laneBandwidth());
    double byCommands = commandsSeconds(commands, service, submit);
    double byBandwidth = submit + latency + requests * read / device.maxBandwidth();
    return Math.max(byCommands, byBandwidth);
  }

  /** The commands that so many requests of a size are split into. */
  double commands(double requests, double bytes) {
    return requests * device.commands(bytesRead(bytes));
  }

  /** How long each of the commands of so many requests is on its lane. */
  double serviceSeconds(double requests, double bytes) {
    double read = bytesRead(bytes);
    double each = read / device.commands(read);
    return device.slowdown(commands(requests, bytes))
        * (device.latency() + each / device.laneBandwidth());
  }

  /**
   * When requests of which some commands are slow have ended, at least: all lanes together have
   * done their work, and the last slow one, which begins when those before it let it, has ended.
   * The true end is at most a slow command and the time of submission later.
   *
   * @param slowSeconds how long a slow command is on its lane
   */
  double slowedSeconds(double requests, double bytes, LatencyTail.Slow slow, double slowSeconds) {
    double submit = device.submission() / device.commands(bytesRead(bytes));
    double service = serviceSeconds(requests, bytes);
    double work = commands(requests, bytes) * service + slow.number() * (slowSeconds - service);
    double beforeLast = commandsSeconds(slow.last(), service, submit) - service;
    return Math.max(submit + work / device.lanes(), beforeLast + slowSeconds);
  }

  @Override
  public double streamSeconds(double bytes, double requests, boolean continued) {
    double read = bytesRead(bytes);
    double commands = streamCommands(read);
    double bandwidth = device.sequentialBandwidth();
    double service =
        device.latency() + read / commands / Math.min(device.laneBandwidth(), bandwidth);
    boolean split = device.commandSize() < Double.POSITIVE_INFINITY;
    double submit = split ? device.submission() : device.submission() / commands;
    double transfer = read / bandwidth;
    if (continued) {
      return Math.max(
          commands * Math.max(device.interval(submit), service / device.lanes()), transfer);
    }
    return Math.max(
        commandsSeconds(commands, service, submit), submit + device.latency() + transfer);
  }

  @Override
  public double streamRequests(double bytes) {
    return streamCommands(bytesRead(bytes));
  }

  /**
   * A stream is read in requests of a command each, or one per lane where there is no such size.
   */
  private double streamCommands(double bytes) {
    if (device.commandSize() < Double.POSITIVE_INFINITY) {
      return Math.max(1, Math.ceil(bytes / device.commandSize()));
    }
    return device.lanes() < Double.POSITIVE_INFINITY ? device.lanes() : 1;
  }

  /** The completion of the last of equal commands, submitted one after another, on the lanes. */
  private double commandsSeconds(double commands, double service, double submit) {
    double lanes = device.lanes();
    double byHost = issueSeconds(commands, submit) + service;
    if (commands <= lanes) {
      return byHost;
    }
    double rounds = Math.ceil(commands / lanes);
    double byLanes = issueSeconds(commands - (rounds - 1) * lanes, submit) + rounds * service;
    return Math.max(byHost, byLanes);
  }

  /** When the last of so many commands is submitted and taken. */
  private double issueSeconds(double commands, double submit) {
    double interval = device.interval(submit);
    return interval == submit ? commands * submit : submit + (commands - 1) * interval;
  }
}
