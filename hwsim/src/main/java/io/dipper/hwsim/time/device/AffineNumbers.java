package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import io.dipper.proto.Quantity;

/**
 * The numbers of an affine Flash in SI base units; what is absent costs nothing and limits nothing.
 *
 * @param bandwidths bytes per second
 * @param latency seconds of a command
 * @param lanes commands that the device works on at once: min(lanes, queue_depth), perhaps infinite
 * @param commandSize bytes at which a request is split, perhaps infinite
 * @param pageSize bytes; 0 for none
 * @param submission seconds of the host for each request
 */
record AffineNumbers(
    Bandwidths bandwidths,
    double latency,
    double lanes,
    double commandSize,
    double pageSize,
    double submission) {

  /**
   * Bytes per second.
   *
   * @param max of all lanes together
   * @param sequential of all lanes together in a stream
   * @param lane of one lane, at most that of all
   */
  record Bandwidths(double max, double sequential, double lane) {}

  static AffineNumbers of(Flash flash) {
    double max = flash.getMaxBandwidth().getValue();
    double infinite = Double.POSITIVE_INFINITY;
    return new AffineNumbers(
        new Bandwidths(
            max,
            value(flash.hasSequentialBandwidth(), flash.getSequentialBandwidth(), max),
            Math.min(max, value(flash.hasLaneBandwidth(), flash.getLaneBandwidth(), max))),
        flash.getLatency().getValue(),
        Math.min(
            value(flash.hasLanes(), flash.getLanes(), infinite),
            value(flash.hasQueueDepth(), flash.getQueueDepth(), infinite)),
        value(flash.hasCommandSize(), flash.getCommandSize(), infinite),
        flash.getPageSize().getValue(),
        flash.getSubmission().getValue());
  }

  /** This device with its streams' bandwidth for all that it reads. */
  AffineNumbers sequential() {
    double all = sequentialBandwidth();
    return new AffineNumbers(
        new Bandwidths(all, all, Math.min(laneBandwidth(), all)),
        latency,
        lanes,
        commandSize,
        pageSize,
        submission);
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
