package io.dipper.verifier.task;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads multiple-choice items from JSON lines. */
public final class TaskFile {
  /** In the order in which a line is held against them. */
  private static final List<TaskFormat> FORMATS =
      List.of(
          new PlainItems(),
          new HellaSwagItems(),
          new PiqaItems(),
          new WinoGrandeItems(),
          new ArcItems(),
          new MmluItems());

  private TaskFile() {}

  /**
   * The items of a file: an object a line, in any of the forms.
   *
   * @throws UserException if it cannot be read, has no item, or a line is none of these
   */
  public static List<TaskItem> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw UserException.in(file, "is not text in UTF-8");
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
    List<TaskItem> items = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        items.add(item(TaskLine.parse(file, i + 1, lines.get(i))));
      }
    }
    if (items.isEmpty()) {
      throw UserException.in(file, "has no items; a line is one of " + known());
    }
    return items;
  }

  private static TaskItem item(TaskLine line) {
    return FORMATS.stream()
        .filter(format -> format.fits(line))
        .findFirst()
        .orElseThrow(() -> line.refused("is no item; a line is one of " + known()))
        .item(line);
  }

  private static String known() {
    return FORMATS.stream()
        .map(format -> format.name() + ": " + format.fields())
        .collect(Collectors.joining("; "));
  }
}
