package io.dipper.verifier.task;

import java.util.List;

/** PIQA: two ways to reach a goal. */
final class PiqaItems implements TaskFormat {
  @Override
  public String name() {
    return "PIQA";
  }

  @Override
  public String fields() {
    return "goal, sol1, sol2, label (0 or 1)";
  }

  @Override
  public boolean fits(TaskLine line) {
    return line.has("goal");
  }

  @Override
  public TaskItem item(TaskLine line) {
    return TaskItem.of(
        "Question: " + line.text("goal") + "\nAnswer:",
        List.of(" " + line.text("sol1"), " " + line.text("sol2")),
        line.index("label", 0, 2));
  }
}
