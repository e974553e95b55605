package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.study.setting.Role.Topic;
import io.dipper.hwsim.table.Column;
import io.dipper.hwsim.time.schedule.Windows;
import io.dipper.proto.Accepted;
import io.dipper.proto.PointConfig;

/** The settings that say how many tokens a step computes, and how many of them are kept. */
final class StepSettings {
  /** More are no window: a prompt is computed as one dense pass. */
  private static final int LARGEST = 4096;

  static final Setting<Long> WINDOW =
      Setting.of(
              Spelling.of(
                      "window",
                      new WholeNumbers("a whole number of tokens from 1 to " + LARGEST, 1, LARGEST),
                      "Tokens that are computed at once, with the units of all of them read once:"
                          + " to verify a draft, or a batch")
                  .option("--window", "N"),
              Role.condition(Topic.RUN),
              config -> (long) Windows.tokens(config),
              StepSettings::putWindow)
          .or(1L)
          .column(Column.optional("window", Integer.class), Windows::tokens);

  static final Setting<Accepted> ACCEPTED =
      Setting.of(
              Spelling.of(
                      "accepted",
                      new AcceptedValues(),
                      "How many tokens of a window are kept on average, e.g. 2.5, or the share, e.g."
                          + " 70%")
                  .option("--accepted", "A"),
              Role.condition(Topic.RUN),
              PointConfig::getAccepted,
              StepSettings::putAccepted)
          .or(Accepted.getDefaultInstance())
          .column("accepted");

  private StepSettings() {}

  /** A point of one token for each step has no such field, and so the digest that it always had. */
  private static void putWindow(PointConfig.Builder config, Long tokens) {
    config.setWindow(tokens == 1 ? 0 : tokens.intValue());
  }

  private static void putAccepted(PointConfig.Builder config, Accepted accepted) {
    if (accepted.getFormCase() == Accepted.FormCase.FORM_NOT_SET) {
      config.clearAccepted();
    } else {
      config.setAccepted(accepted);
    }
  }
}
