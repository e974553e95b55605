package io.dipper.hwsim.study.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Points that cannot exist for one reason, up to its numbers and the policy's name.
 *
 * @param rows at least one
 */
public record SkippedGroup(List<SkippedRow> rows) {
  private static final int MOST_NAMES = 4;

  public SkippedGroup {
    rows = List.copyOf(rows);
  }

  /** The groups of all skipped points, the first of each in their order. */
  public static List<SkippedGroup> of(List<SkippedRow> skipped) {
    Map<String, List<SkippedRow>> groups = new LinkedHashMap<>();
    for (SkippedRow row : skipped) {
      String kind =
          row.reason()
              .replaceAll("\\b" + Pattern.quote(row.point().policy()) + "\\b", "P")
              .replaceAll("\\d+(\\.\\d+)?( [kMGT]i?B| B)?", "N");
      groups.computeIfAbsent(kind, k -> new ArrayList<>()).add(row);
    }
    return groups.values().stream().map(SkippedGroup::new).toList();
  }

  /** The reason of the first; the others' differ in numbers or in the policy's name at most. */
  public String reason() {
    return rows.get(0).reason();
  }

  /** Whether all reasons are the same word for word. */
  public boolean isUniform() {
    return rows.stream().map(SkippedRow::reason).distinct().count() == 1;
  }

  /** Which points these are, e.g. {@code apple-a18, paper; 50% of the model; lfu; dense, dip}. */
  public String settings() {
    return List.<Function<SkippedRow, String>>of(
            row -> row.point().hardware(),
            SkippedRow::capacity,
            row -> row.point().cache(),
            row -> row.point().policy())
        .stream()
        .map(this::names)
        .collect(Collectors.joining("; "));
  }

  private String names(Function<SkippedRow, String> name) {
    Set<String> names =
        rows.stream().map(name).collect(Collectors.toCollection(LinkedHashSet::new));
    String shown = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES
        ? shown + " and " + (names.size() - MOST_NAMES) + " more"
        : shown;
  }
}
