package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import io.dipper.proto.Quantity;

/**
 * The numbers of an affine Flash in SI base units; what is absent costs nothing and limits nothing.
 *
 * @param bandwidths bytes per second
 * @param latency seconds of a command
 * @param crowding by which a command beside others takes longer than one alone
 * @param lanes commands that the device works on at once: min(lanes, queue_depth), perhaps infinite
 * @param commandSize bytes at which a request is split, perhaps infinite
 * @param pageSize bytes; 0 for none
 * @param issue how fast commands are submitted and taken
 */
record AffineNumbers(
    Bandwidths bandwidths,
    double latency,
    double crowding,
    double lanes,
    double commandSize,
    double pageSize,
    Issue issue) {

  /**
   * Bytes per second.
   *
   * @param max of all lanes together
   * @param sequential of all lanes together in a stream
   * @param lane of one lane, at most that of all
   */
  record Bandwidths(double max, double sequential, double lane) {}

  /**
   * How fast commands reach the lanes.
   *
   * @param submission seconds of a host's thread for each request
   * @param threads of the host that submit in turn
   * @param interval seconds from one command to the next that the device takes at least
   */
  record Issue(double submission, double threads, double interval) {}

  static AffineNumbers of(Flash flash) {
    double max = flash.getMaxBandwidth().getValue();
    double infinite = Double.POSITIVE_INFINITY;
    return new AffineNumbers(
        new Bandwidths(
            max,
            value(flash.hasSequentialBandwidth(), flash.getSequentialBandwidth(), max),
            Math.min(max, value(flash.hasLaneBandwidth(), flash.getLaneBandwidth(), max))),
        flash.getLatency().getValue(),
        value(flash.hasCrowding(), flash.getCrowding(), 1),
        ReadsInFlight.of(flash),
        value(flash.hasCommandSize(), flash.getCommandSize(), infinite),
        flash.getPageSize().getValue(),
        new Issue(
            flash.getSubmission().getValue(),
            value(flash.hasSubmissionThreads(), flash.getSubmissionThreads(), 1),
            flash.hasCommandsPerSecond() ? 1 / flash.getCommandsPerSecond().getValue() : 0));
  }

  /** This device with its streams' bandwidth for all that it reads; they crowd no one. */
  AffineNumbers sequential() {
    double all = sequentialBandwidth();
    return new AffineNumbers(
        new Bandwidths(all, all, Math.min(laneBandwidth(), all)),
        latency,
        1,
        lanes,
        commandSize,
        pageSize,
        issue);
  }

  double maxBandwidth() {
    return bandwidths.max();
  }

  double sequentialBandwidth() {
    return bandwidths.sequential();
  }

  double laneBandwidth() {
    return bandwidths.lane();
  }

  double submission() {
    return issue.submission();
  }

  /**
   * The seconds from one command to the next, of which each is a part of a request.
   *
   * @param submit seconds of a thread for each command
   */
  double interval(double submit) {
    return Math.max(submit / issue.threads(), issue.interval());
  }

  /** By how much commands take longer than one alone, of so many that are issued together. */
  double slowdown(double commands) {
    return Math.min(commands, lanes) > 1 ? crowding : 1;
  }

  /** The bytes that a request reads: whole pages. */
  double bytesRead(double bytes) {
    return pageSize == 0 ? bytes : Math.ceil(bytes / pageSize) * pageSize;
  }

  /** The equal commands of a request that reads so many bytes. */
  double commands(double read) {
    return commandSize < read ? Math.ceil(read / commandSize) : 1;
  }

  private static double value(boolean given, Quantity quantity, double otherwise) {
    return given ? quantity.getValue() : otherwise;
  }
}
