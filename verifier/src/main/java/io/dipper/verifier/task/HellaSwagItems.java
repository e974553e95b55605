package io.dipper.verifier.task;

import java.util.List;
import java.util.Locale;

/** HellaSwag: how a scene goes on. What WikiHow left in brackets is taken out. */
final class HellaSwagItems implements TaskFormat {
  @Override
  public String name() {
    return "HellaSwag";
  }

  @Override
  public String fields() {
    return "activity_label, ctx_a and ctx_b or ctx, endings, label (an index from 0)";
  }

  @Override
  public boolean fits(TaskLine line) {
    return line.has("endings");
  }

  @Override
  public TaskItem item(TaskLine line) {
    String scene =
        line.has("ctx_a")
            ? line.text("ctx_a") + " " + capitalised(line.text("ctx_b"))
            : line.text("ctx");
    List<String> endings = line.texts("endings");
    return TaskItem.of(
        cleaned(line.text("activity_label") + ": " + scene),
        endings.stream().map(ending -> " " + cleaned(ending)).toList(),
        line.index("label", 0, endings.size()));
  }

  /** The first letter large, all others small. */
  private static String capitalised(String text) {
    return text.isEmpty()
        ? ""
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String cleaned(String text) {
    return text.strip().replace(" [title]", ". ").replaceAll("\\[.*?\\]", "").replace("  ", " ");
  }
}
