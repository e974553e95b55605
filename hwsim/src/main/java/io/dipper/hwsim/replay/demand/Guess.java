package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * What is fetched of a layer and group before its mask is known. Guessed units wait beside the
 * cache, which does not change; wrong ones are thrown away after the step.
 */
interface Guess {
  /**
   * Guesses for a token.
   *
   * @param row the token, counted over all sequences
   * @param wanted its mask, for guesses that are made when it is known already
   * @param cached the units that need not be fetched
   * @return what is fetched, none of it cached; valid until the next call
   */
  UnitSet of(int row, UnitSet wanted, UnitSet cached);

  /** Nothing is fetched before the mask is known. */
  static Guess nothing(int units) {
    UnitSet none = new UnitSet(units);
    return (row, wanted, cached) -> none;
  }

  /** All that is likely is fetched, unless it is cached. */
  static Guess like(LikelyMasks likely, int units) {
    UnitSet guessed = new UnitSet(units);
    return (row, wanted, cached) -> absent(likely.of(row), cached, guessed);
  }

  /** All that the mask selects is fetched, unless it is cached: the mask is known early. */
  static Guess known(int units) {
    UnitSet guessed = new UnitSet(units);
    return (row, wanted, cached) -> absent(wanted, cached, guessed);
  }

  private static UnitSet absent(UnitSet units, UnitSet cached, UnitSet out) {
    out.copyFrom(units, cached);
    return out;
  }
}
