package io.dipper.verifier.task;

import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.TaskRow;
import org.jspecify.annotations.Nullable;

/**
 * Turns the scores of points into rows, beside those of the dense model.
 *
 * @param prompt how contexts were computed
 */
public record TaskRows(Task task, String prompt, TaskScores dense) {
  /** The row of a point. */
  public TaskRow of(PointRow point, TaskScores scores) {
    return new TaskRow(
        PointName.of(point),
        new TaskRow.Asked(task.name(), task.sha256(), prompt, task.items().size()),
        raw(scores.raw(), dense.raw()),
        byLength(raw(scores.byLength(), dense.byLength())));
  }

  private static TaskRow.Raw raw(boolean[] right, boolean[] dense) {
    Accuracy accuracy = Accuracy.of(right);
    Accuracy change = Accuracy.difference(right, dense);
    return new TaskRow.Raw(
        accuracy.value(),
        orNull(accuracy.standardError()),
        Accuracy.of(dense).value(),
        change.value(),
        orNull(change.standardError()),
        moreRight(right, dense),
        moreRight(dense, right));
  }

  private static TaskRow.ByLength byLength(TaskRow.Raw raw) {
    return new TaskRow.ByLength(
        raw.accuracy(),
        raw.accuracyError(),
        raw.accuracyDense(),
        raw.accuracyChange(),
        raw.accuracyChangeError(),
        raw.gained(),
        raw.lost());
  }

  /** How many are right in the one and wrong in the other. */
  private static int moreRight(boolean[] one, boolean[] other) {
    int count = 0;
    for (int i = 0; i < one.length; i++) {
      count += one[i] && !other[i] ? 1 : 0;
    }
    return count;
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
