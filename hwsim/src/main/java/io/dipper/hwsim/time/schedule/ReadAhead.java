package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;

/**
 * What passes through the DRAM beside caches: the read-ahead buffer, and the staging of guesses. A
 * static stream passes whole; of what a full mask misses only the units beyond its cache do, for
 * the others arrive where they stay. A step that is larger than the buffer is not read ahead, but
 * through it, piece by piece, when it is its turn.
 *
 * @param bufferBytes the buffer
 * @param stagingBytes what guesses may take
 * @param passing the bytes of each step of a pass
 */
public record ReadAhead(double bufferBytes, double stagingBytes, double[] passing) {
  private static final double ROUNDING = 1e-9;

  /** Decoding beside full caches. */
  static ReadAhead decode(TokenPlan tokens, MemoryPlan plan) {
    return of(tokens, plan, plan.readAheadBytes(), plan.cacheColumns());
  }

  /** A prompt, while the caches hold nothing: their room is part of the buffer. */
  static ReadAhead prompt(TokenPlan tokens, MemoryPlan plan) {
    double caches = plan.ledger().bytes(MemoryPart.UNIT_CACHES);
    return of(tokens, plan, plan.readAheadBytes() + caches, new int[plan.cacheColumns().length]);
  }

  private static ReadAhead of(
      TokenPlan tokens, MemoryPlan plan, double buffer, int[] cacheColumns) {
    Step[] steps = tokens.steps();
    double[] passing = new double[steps.length];
    for (int s = 0; s < passing.length; s++) {
      StepUnits units = steps[s].units();
      passing[s] =
          steps[s].isMasked()
              ? Math.max(0, units.count() - cacheColumns[units.group()]) * units.bytes()
              : steps[s].streamedBytes();
    }
    return new ReadAhead(buffer, plan.ledger().bytes(MemoryPart.STAGING), passing);
  }

  /** The room that a step takes. */
  public double room(int step) {
    return Math.min(passing[step], bufferBytes);
  }

  /** Whether a step may be read ahead while others take some of the buffer. */
  public boolean hasRoom(int step, double taken) {
    return taken + passing[step] <= bufferBytes * (1 + ROUNDING);
  }
}
