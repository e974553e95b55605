package io.dipper.hwsim.replay.layout;

/**
 * Requests of one size that fetch a unit; those that fetch a run of adjacent units are as many, and
 * as much longer.
 *
 * @param stretches of Flash that hold all units: what is read where everything is read
 * @param perUnit the number of requests
 * @param bytesEach the bytes of each, before rounding to pages
 */
public record UnitRequests(int stretches, int perUnit, double bytesEach) {}
