package io.dipper.verifier.task;

import java.util.ArrayList;
import java.util.List;

/** MMLU: choices behind letters in the prompt, of which the letter is the answer. */
final class MmluItems implements TaskFormat {
  private static final int MOST = 26;

  @Override
  public String name() {
    return "MMLU";
  }

  @Override
  public String fields() {
    return "question, choices, answer (an index from 0, or a letter), and may be subject";
  }

  @Override
  public boolean fits(TaskLine line) {
    return line.has("question");
  }

  @Override
  public TaskItem item(TaskLine line) {
    StringBuilder context = new StringBuilder();
    if (line.has("subject")) {
      context
          .append("The following are multiple choice questions (with answers) about ")
          .append(line.text("subject").replace('_', ' '))
          .append(".\n\n");
    }
    context.append(line.text("question").strip());
    List<String> choices = line.texts("choices");
    List<String> letters = new ArrayList<>();
    for (String choice : choices.subList(0, Math.min(MOST, choices.size()))) {
      char letter = (char) ('A' + letters.size());
      context.append('\n').append(letter).append(". ").append(choice);
      letters.add(" " + letter);
    }
    return TaskItem.of(context.append("\nAnswer:").toString(), letters, answer(line, letters));
  }

  private static int answer(TaskLine line, List<String> letters) {
    int letter = line.isText("answer") ? letters.indexOf(" " + line.text("answer")) : -1;
    return letter >= 0 ? letter : line.index("answer", 0, letters.size());
  }
}
