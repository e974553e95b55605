package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * How a point answers multiple-choice items, beside the dense model. Its columns are those of
 * {@code tasks.csv}.
 */
public record TaskRow(PointName name, Asked asked, Raw raw, ByLength byLength) {
  /**
   * What was asked.
   *
   * @param task the file's name
   * @param taskSha256 the file's digest
   * @param prompt {@code dense} or {@code masked}: how contexts were computed
   */
  public record Asked(String task, String taskSha256, String prompt, int items) {}

  /**
   * The likeliest choice as the answer.
   *
   * @param accuracy the share of right items
   * @param accuracyError its standard error over items; null for one item
   * @param accuracyChange what it is above the dense model's
   * @param accuracyChangeError the standard error of that, paired item by item
   * @param gained items that are right and were wrong in the dense model
   * @param lost items that are wrong and were right in the dense model
   */
  public record Raw(
      double accuracy,
      @Nullable Double accuracyError,
      double accuracyDense,
      double accuracyChange,
      @Nullable Double accuracyChangeError,
      int gained,
      int lost) {}

  /** What {@link Raw} says, with the choice that is likeliest per character as the answer. */
  public record ByLength(
      double accuracyByLength,
      @Nullable Double accuracyByLengthError,
      double accuracyByLengthDense,
      double accuracyByLengthChange,
      @Nullable Double accuracyByLengthChangeError,
      int gainedByLength,
      int lostByLength) {}

  /** Whether another row says how the point answered what was asked here. */
  boolean replaces(TaskRow other) {
    return name.pointId().equals(other.name.pointId())
        && asked.taskSha256().equals(other.asked.taskSha256())
        && asked.prompt().equals(other.asked.prompt());
  }
}
