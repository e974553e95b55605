package io.dipper.hwsim.study.result;

import io.dipper.error.UserException;
import io.dipper.files.CannotWrite;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.table.ParquetTable;
import io.dipper.proto.PointConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a sweep: points, what was verified, the resolved sweep, the report. */
public final class ResultDirectory {
  private static final List<String> FILES =
      List.of(
          "points.parquet",
          "points.csv",
          "groups.parquet",
          "groups.csv",
          "experts.csv",
          "points.config.jsonl",
          "points.partial",
          "skipped.csv",
          "sensitivity.csv",
          "verdicts.csv",
          "executions.csv",
          "compare.csv",
          "verify.parquet",
          "verify.csv",
          "predictions.csv",
          "tasks.csv",
          "quality.json",
          "sweep.resolved.yaml",
          "report.html",
          ".lock");

  private final Path folder;

  public ResultDirectory(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** All files that are written into the folder, but for {@link #live}. */
  public List<Path> written() {
    return FILES.stream().map(folder::resolve).toList();
  }

  /** The folder of the live runs. */
  public Path live() {
    return folder.resolve("live");
  }

  /** The points of a sweep that goes on, as they finish. */
  public Path partial() {
    return folder.resolve("points.partial");
  }

  /** The tables of what was verified. */
  public List<Path> verifiedTables() {
    return List.of(parquet("verify"), csv("verify"));
  }

  /** The page that shows the results. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** The quality model, where one was fitted. */
  public Path quality() {
    return folder.resolve("quality.json");
  }

  /** The sweep with its defaults filled in, itself a sweep file. */
  public Path resolvedSweep() {
    return folder.resolve("sweep.resolved.yaml");
  }

  /** The text of the resolved sweep, where there is one. */
  public Optional<String> resolvedSweepText() {
    if (!Files.exists(resolvedSweep())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(resolvedSweep(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserException.unreadable(resolvedSweep(), e);
    }
  }

  /** Whether points have been written. */
  public boolean hasPoints() {
    return Files.exists(parquet("points")) || Files.exists(csv("points"));
  }

  /**
   * The points, in the order of the sweep.
   *
   * @throws UserException if there are none
   */
  public List<PointRow> points() {
    return read("points", PointRow.class)
        .orElseThrow(
            () ->
                UserException.in(
                    folder, "holds no points; 'dipper sweep SWEEP.yaml -o DIR' writes them"));
  }

  /** The masks of the points, in their order; empty where they are not beside the points. */
  public List<GroupRow> groups() {
    return read("groups", GroupRow.class).orElse(List.of());
  }

  /** The verified points; empty where none was. */
  public List<VerifiedRow> verified() {
    return read("verify", VerifiedRow.class).orElse(List.of());
  }

  /** What was predicted and measured; empty where nothing was. */
  public List<PredictionRow> predictions() {
    return read("predictions", PredictionRow.class).orElse(List.of());
  }

  /** Writes {@code predictions.csv}. */
  public void writePredictions(List<PredictionRow> rows) {
    CsvTable.write(csv("predictions"), PredictionRow.class, rows);
  }

  /** How points answered the items of tasks; empty where none was asked. */
  public List<TaskRow> tasks() {
    return read("tasks", TaskRow.class).orElse(List.of());
  }

  /** Adds rows to {@code tasks.csv}, in place of older ones of the same points and items. */
  public void addTasks(List<TaskRow> rows) {
    List<TaskRow> all = new ArrayList<>(tasks());
    all.removeIf(old -> rows.stream().anyMatch(row -> row.replaces(old)));
    all.addAll(rows);
    CsvTable.write(csv("tasks"), TaskRow.class, all);
  }

  /** The points that cannot exist, with the reason; empty where there are none. */
  public List<SkippedRow> skipped() {
    return read("skipped", SkippedRow.class).orElse(List.of());
  }

  /** How much some points depend on their devices' numbers; empty where that is not there. */
  public List<SensitivityRow> sensitivities() {
    return read("sensitivity", SensitivityRow.class).orElse(List.of());
  }

  /** Writes {@code sensitivity.csv}. */
  public void writeSensitivities(List<SensitivityRow> rows) {
    CsvTable.write(csv("sensitivity"), SensitivityRow.class, rows);
  }

  /** Whether points are faster than dense over their devices' ranges; empty where none has any. */
  public List<VerdictRow> verdicts() {
    return read("verdicts", VerdictRow.class).orElse(List.of());
  }

  /** Writes {@code verdicts.csv}, or removes it where no device has a range. */
  public void writeVerdicts(List<VerdictRow> rows) {
    writeOrRemove("verdicts", VerdictRow.class, rows);
  }

  /** The executions of points, in the order in which they were made; empty where none was. */
  public List<ExecutionRow> executions() {
    return read("executions", ExecutionRow.class).orElse(List.of());
  }

  /** Writes {@code executions.csv}. */
  public void writeExecutions(List<ExecutionRow> rows) {
    CsvTable.write(csv("executions"), ExecutionRow.class, rows);
  }

  /** The points beside their executions; empty where none was compared. */
  public List<ExecutedPointRow> compared() {
    return read("compare", ExecutedPointRow.class).orElse(List.of());
  }

  /** Writes {@code compare.csv}. */
  public void writeCompared(List<ExecutedPointRow> rows) {
    CsvTable.write(csv("compare"), ExecutedPointRow.class, rows);
  }

  /** The configurations of the points by id; empty where they are not beside the points. */
  public Map<String, PointConfig> configs() {
    return Files.exists(configLines()) ? ConfigLines.read(configLines()) : Map.of();
  }

  /** Writes {@code points.config.jsonl}. */
  public void writeConfigs(Collection<PointConfig> configs) {
    ConfigLines.write(configLines(), configs);
  }

  /** Writes {@code points.parquet} and {@code points.csv}. */
  public void writePoints(List<PointRow> rows) {
    write("points", PointRow.class, rows);
  }

  /** Writes {@code groups.parquet} and {@code groups.csv}. */
  public void writeGroups(List<GroupRow> rows) {
    write("groups", GroupRow.class, rows);
  }

  /** How often each expert was chosen; empty for a model without experts. */
  public List<ExpertUseRow> expertUses() {
    return read("experts", ExpertUseRow.class).orElse(List.of());
  }

  /** Writes {@code experts.csv}, or removes it for a model without experts. */
  public void writeExpertUses(List<ExpertUseRow> rows) {
    writeOrRemove("experts", ExpertUseRow.class, rows);
  }

  /** Writes {@code skipped.csv}, or removes it where nothing was skipped. */
  public void writeSkipped(List<SkippedRow> rows) {
    writeOrRemove("skipped", SkippedRow.class, rows);
  }

  private <R extends Record> void writeOrRemove(String name, Class<R> type, List<R> rows) {
    if (!rows.isEmpty()) {
      CsvTable.write(csv(name), type, rows);
      return;
    }
    try {
      Files.deleteIfExists(csv(name));
    } catch (IOException e) {
      throw CannotWrite.error(csv(name), e);
    }
  }

  /**
   * Adds verified points, in place of older ones of the same id, to {@code verify.parquet} and
   * {@code verify.csv}, and fills in the perplexities of the points themselves. Rows are in the
   * order of the points.
   */
  public void addVerified(List<VerifiedRow> rows) {
    Map<String, VerifiedRow> byId = new LinkedHashMap<>();
    verified().forEach(row -> byId.put(row.pointId(), row));
    rows.forEach(row -> byId.put(row.pointId(), row));
    List<PointRow> points = points();
    List<VerifiedRow> ordered =
        points.stream().flatMap(p -> Optional.ofNullable(byId.get(p.pointId())).stream()).toList();
    write("verify", VerifiedRow.class, ordered);
    writePoints(
        points.stream()
            .map(p -> byId.containsKey(p.pointId()) ? p.verifiedBy(byId.get(p.pointId())) : p)
            .toList());
  }

  private <R extends Record> void write(String name, Class<R> type, List<R> rows) {
    ParquetTable.write(parquet(name), type, rows);
    CsvTable.write(csv(name), type, rows);
  }

  private <R extends Record> Optional<List<R>> read(String name, Class<R> type) {
    if (Files.exists(parquet(name))) {
      return Optional.of(ParquetTable.read(parquet(name), type));
    }
    return Files.exists(csv(name)) ? Optional.of(CsvTable.read(csv(name), type)) : Optional.empty();
  }

  private Path configLines() {
    return folder.resolve("points.config.jsonl");
  }

  private Path parquet(String name) {
    return folder.resolve(name + ".parquet");
  }

  private Path csv(String name) {
    return folder.resolve(name + ".csv");
  }
}
