package io.dipper.hwsim.replay.layout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests of one size that fetch a unit; those that fetch a run of adjacent units are as many, and
 * as much longer.
 *
 * @param stretches of Flash that hold all units: what is read where everything is read; 0 where
 *     nobody reads all for some of them
 * @param perUnit the number of requests
 * @param bytesEach the bytes of each, before rounding to pages
 * @param inBlocks whether each is a weight of a row, so that those of its block are read with it
 */
public record UnitRequests(int stretches, int perUnit, double bytesEach, boolean inBlocks) {
  /** Requests that read what they ask for. */
  public UnitRequests(int stretches, int perUnit, double bytesEach) {
    this(stretches, perUnit, bytesEach, false);
  }

  /** The requests of several matrices, those of one size together. */
  public static List<UnitRequests> together(List<UnitRequests> each) {
    Map<Double, UnitRequests> bySize = new LinkedHashMap<>();
    each.forEach(requests -> bySize.merge(requests.bytesEach, requests, UnitRequests::plus));
    return List.copyOf(bySize.values());
  }

  private UnitRequests plus(UnitRequests other) {
    return new UnitRequests(
        stretches + other.stretches, perUnit + other.perUnit, bytesEach, inBlocks);
  }
}
