package io.dipper.hwsim.time.device;

import io.dipper.proto.Flash;
import io.dipper.proto.Quantity;

/**
 * The numbers of an affine Flash in SI base units; what is absent costs nothing and limits nothing.
 *
 * @param maxBandwidth bytes per second of all lanes together
 * @param sequentialBandwidth the same for streams
 * @param laneBandwidth of one lane, at most that of all
 * @param latency seconds of a command
 * @param lanes commands that the device works on at once: min(lanes, queue_depth), perhaps infinite
 * @param commandSize bytes at which a request is split, perhaps infinite
 * @param pageSize bytes; 0 for none
 * @param submission seconds of the host for each request
 */
record AffineNumbers(
    double maxBandwidth,
    double sequentialBandwidth,
    double laneBandwidth,
    double latency,
    double lanes,
    double commandSize,
    double pageSize,
    double submission) {

  static AffineNumbers of(Flash flash) {
    double max = flash.getMaxBandwidth().getValue();
    double infinite = Double.POSITIVE_INFINITY;
    return new AffineNumbers(
        max,
        value(flash.hasSequentialBandwidth(), flash.getSequentialBandwidth(), max),
        Math.min(max, value(flash.hasLaneBandwidth(), flash.getLaneBandwidth(), max)),
        flash.getLatency().getValue(),
        Math.min(
            value(flash.hasLanes(), flash.getLanes(), infinite),
            value(flash.hasQueueDepth(), flash.getQueueDepth(), infinite)),
        value(flash.hasCommandSize(), flash.getCommandSize(), infinite),
        flash.getPageSize().getValue(),
        flash.getSubmission().getValue());
  }

  /** The same device with its streams' bandwidth for all that it reads. */
  AffineNumbers sequential() {
    return new AffineNumbers(
        sequentialBandwidth,
        sequentialBandwidth,
        Math.min(laneBandwidth, sequentialBandwidth),
        latency,
        lanes,
        commandSize,
        pageSize,
        submission);
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
