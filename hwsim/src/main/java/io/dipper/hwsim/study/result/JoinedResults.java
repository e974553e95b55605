package io.dipper.hwsim.study.result;

import io.dipper.error.UserException;
import io.dipper.files.FolderLock;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The results of several sweeps in one folder, e.g. of the masks of a model and of the same model
 * in fewer bits. A point that is in several of them is that of the first. Resolved sweeps, quality
 * models and the use of experts are each of one sweep, and are not joined.
 */
public final class JoinedResults {
  private JoinedResults() {}

  /**
   * Writes the tables of a folder from those of others.
   *
   * @throws UserException if one of them has no points, the folder has some already, or a table
   *     cannot be read or written
   */
  public static void write(List<ResultDirectory> parts, ResultDirectory joined) {
    List<PointRow> points = rows(parts, ResultDirectory::points, PointRow::pointId);
    try (FolderLock lock = FolderLock.of(joined.folder())) {
      if (joined.hasPoints()) {
        throw UserException.in(
            joined.folder(), "holds points already; results are joined in a folder without any");
      }
      Map<String, PointConfig> configs = new LinkedHashMap<>();
      parts.forEach(part -> part.configs().forEach(configs::putIfAbsent));
      joined.writeConfigs(configs.values());
      joined.writeGroups(rows(parts, ResultDirectory::groups, GroupRow::pointId));
      joined.writeSkipped(all(parts, ResultDirectory::skipped));
      joined.writeSensitivities(all(parts, ResultDirectory::sensitivities));
      joined.writeVerdicts(all(parts, ResultDirectory::verdicts));
      joined.writePredictions(all(parts, ResultDirectory::predictions));
      joined.addTasks(all(parts, ResultDirectory::tasks));
      joined.writePoints(points);
      joined.addVerified(rows(parts, ResultDirectory::verified, VerifiedRow::pointId));
    }
  }

  /** The rows of all parts, those left out whose point an earlier part has. */
  private static <R> List<R> rows(
      List<ResultDirectory> parts,
      Function<ResultDirectory, List<R>> table,
      Function<R, String> point) {
    List<R> rows = new ArrayList<>();
    Set<String> earlier = new HashSet<>();
    for (ResultDirectory part : parts) {
      List<R> own = table.apply(part);
      own.stream().filter(row -> !earlier.contains(point.apply(row))).forEach(rows::add);
      own.forEach(row -> earlier.add(point.apply(row)));
    }
    return rows;
  }

  private static <R> List<R> all(
      List<ResultDirectory> parts, Function<ResultDirectory, List<R>> table) {
    return parts.stream().map(table).flatMap(List::stream).distinct().toList();
  }
}
