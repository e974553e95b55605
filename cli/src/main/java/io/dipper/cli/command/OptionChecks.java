package io.dipper.cli.command;

import io.dipper.error.UserException;

/** What options must be. */
final class OptionChecks {
  private OptionChecks() {}

  /**
   * @throws UserException with what is wrong, where it does not hold
   */
  static void require(boolean holds, String what) {
    if (!holds) {
      throw new UserException(what);
    }
  }

  static void atLeastOne(String option, int number) {
    require(number >= 1, option + " " + number + ": must be at least 1");
  }

  static void learningRate(double rate) {
    require(rate > 0 && rate <= 1, "--learning-rate " + rate + ": must be above 0, at most 1");
  }
}
