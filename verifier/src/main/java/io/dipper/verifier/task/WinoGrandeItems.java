package io.dipper.verifier.task;

import java.util.List;

/**
 * WinoGrande: a cloze, whose blank is filled with each option; what follows the blank is scored.
 */
final class WinoGrandeItems implements TaskFormat {
  private static final char BLANK = '_';

  @Override
  public String name() {
    return "WinoGrande";
  }

  @Override
  public String fields() {
    return "sentence (with a blank _), option1, option2, answer (1 or 2)";
  }

  @Override
  public boolean fits(TaskLine line) {
    return line.has("sentence");
  }

  @Override
  public TaskItem item(TaskLine line) {
    String sentence = line.text("sentence");
    int blank = sentence.indexOf(BLANK);
    String rest = " " + sentence.substring(blank + 1).strip();
    if (blank < 0 || rest.isBlank()) {
      throw line.refused("\"sentence\" must have a blank, " + BLANK + ", and text after it");
    }
    String before = sentence.substring(0, blank);
    return new TaskItem(
        List.of(
            new TaskItem.Choice(before + line.text("option1"), rest),
            new TaskItem.Choice(before + line.text("option2"), rest)),
        line.index("answer", 1, 2));
  }
}
