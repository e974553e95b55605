package io.dipper.hwsim.layout;

/**
 * The requests that fetch one unit; those that fetch a run of adjacent units are as many, and as
 * much longer.
 *
 * @param perUnit their number
 * @param bytesEach the bytes of each, before rounding to pages
 */
public record UnitRequests(int perUnit, double bytesEach) {}
