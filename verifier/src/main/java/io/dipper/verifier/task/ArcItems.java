package io.dipper.verifier.task;

import java.util.List;

/** ARC, easy or challenge, as its authors or as Hugging Face write it. */
final class ArcItems implements TaskFormat {
  @Override
  public String name() {
    return "ARC";
  }

  @Override
  public String fields() {
    return "question, choices (text and label), answerKey (one of the labels)";
  }

  @Override
  public boolean fits(TaskLine line) {
    return line.has("answerKey");
  }

  @Override
  public TaskItem item(TaskLine line) {
    return line.isObject("question") ? nested(line) : columns(line);
  }

  /** {@code "question": {"stem": "…", "choices": [{"text": "…", "label": "A"}, …]}}. */
  private static TaskItem nested(TaskLine line) {
    TaskLine question = line.object("question");
    List<TaskLine> choices = question.objects("choices");
    return item(
        line,
        question.text("stem"),
        choices.stream().map(choice -> choice.text("text")).toList(),
        choices.stream().map(choice -> choice.text("label")).toList());
  }

  /** {@code "question": "…", "choices": {"text": ["…", …], "label": ["A", …]}}. */
  private static TaskItem columns(TaskLine line) {
    TaskLine choices = line.object("choices");
    return item(line, line.text("question"), choices.texts("text"), choices.texts("label"));
  }

  private static TaskItem item(
      TaskLine line, String question, List<String> texts, List<String> labels) {
    int answer = labels.indexOf(line.text("answerKey"));
    if (answer < 0 || texts.size() != labels.size() || texts.size() < 2) {
      throw line.refused(
          "\"answerKey\" must be one of the labels of at least two choices, one label each");
    }
    return TaskItem.of(
        "Question: " + question + "\nAnswer:",
        texts.stream().map(text -> " " + text).toList(),
        answer);
  }
}
