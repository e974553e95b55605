package io.dipper.hwsim.profile.fit;

/**
 * One measurement of a Flash.
 *
 * @param size of each read, bytes
 * @param lanes reads in flight
 * @param range bytes that the reads are confined to; infinite: the whole device
 * @param throughput of all of them, bytes per second
 * @param line where it is written
 */
public record MeasuredPoint(double size, int lanes, double range, double throughput, long line) {}
