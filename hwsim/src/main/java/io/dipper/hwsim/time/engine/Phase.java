package io.dipper.hwsim.time.engine;

import io.dipper.proto.Overlap;
import java.util.List;

/**
 * What the processor does in a step, in an order that the overlap decides.
 *
 * <p>With F the time of the fetch, D and C those of reading and of arithmetic on what is cached, D'
 * and C' the same on what was fetched, a step without fixed costs takes {@code F + max(D, C) +
 * max(D', C')} where nothing overlaps, {@code max(F + C, D) + max(D', C')} with {@code io}, where
 * arithmetic waits for the fetch, and {@code max(F, D, C) + max(D', C')} in a pipeline, F then
 * being what is left of a fetch that may have begun ahead.
 *
 * <p>Units that come one by one are used so in a pipeline: its last three phases are gone through
 * for each of them.
 */
public enum Phase {
  /** Choose the units. */
  SELECT,
  /** Make room in caches for what is missed. */
  ADMIT,
  /** Begin to fetch what is missed. */
  FETCH,
  /** Wait for the fetch to end, or for the next unit of it. */
  AWAIT,
  /** Gather the selected units. */
  GATHER,
  /** Launch kernels, synchronise. */
  LAUNCH,
  /** Read what is cached or resident; arithmetic on it keeps pace as far as it can. */
  READ_CACHED,
  /** Read what was fetched; arithmetic on it keeps pace as far as it can. */
  READ_MISSED,
  /** The rest of the arithmetic on what was read last. */
  COMPUTE;

  /** How many phases, at the end of a pipeline's, a unit that comes by itself goes through. */
  public static final int OF_A_UNIT = 3;

  /** The phases of a step, in order. */
  public static List<Phase> order(Overlap overlap) {
    return switch (overlap) {
      case IO ->
          List.of(
              SELECT,
              ADMIT,
              FETCH,
              GATHER,
              LAUNCH,
              READ_CACHED,
              AWAIT,
              COMPUTE,
              READ_MISSED,
              COMPUTE);
      case PIPELINE ->
          List.of(
              SELECT,
              ADMIT,
              FETCH,
              GATHER,
              LAUNCH,
              READ_CACHED,
              COMPUTE,
              AWAIT,
              READ_MISSED,
              COMPUTE);
      case NONE, UNRECOGNIZED ->
          List.of(
              SELECT,
              ADMIT,
              FETCH,
              AWAIT,
              GATHER,
              LAUNCH,
              READ_CACHED,
              COMPUTE,
              READ_MISSED,
              COMPUTE);
    };
  }

  /** Whether the processor does nothing between the beginning of a fetch and its end. */
  public static boolean isIdleWhileFetching(Overlap overlap) {
    List<Phase> order = order(overlap);
    return order.indexOf(AWAIT) == order.indexOf(FETCH) + 1;
  }
}
