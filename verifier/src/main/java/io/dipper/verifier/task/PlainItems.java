package io.dipper.verifier.task;

import java.util.List;

/** Items with a context and choices as they are, each with the space before it. */
final class PlainItems implements TaskFormat {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String fields() {
    return "context, choices, answer (an index from 0)";
  }

  @Override
  public boolean fits(TaskLine line) {
    return line.has("context");
  }

  @Override
  public TaskItem item(TaskLine line) {
    List<String> choices = line.texts("choices");
    return TaskItem.of(line.text("context"), choices, line.index("answer", 0, choices.size()));
  }
}
