package io.dipper.hwsim.study.sweep;

import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.files.CannotWrite;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.PointPair;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.WaysToRead;
import io.dipper.hwsim.study.quality.Predictions;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.SkippedRow;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.result.Version;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quality;
import io.dipper.proto.WeightBits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a sweep into its directory, from the grid to the files. */
final class SweepRun {

  private final SweepSpec spec;
  private final SweptModels models;
  private final @Nullable Path trace;
  private final Progress progress;
  private final PointEngine engine;
  private final ResultDirectory results;
  private final Path partial;
  private final Map<String, PlannedPoint> planned = new LinkedHashMap<>();
  private final List<List<String>> ways = new ArrayList<>();
  private final List<SkippedRow> skipped = new ArrayList<>();

  /**
   * @param trace null where the models are shapes
   */
  SweepRun(
      SweepSpec spec,
      SweptModels models,
      @Nullable Path trace,
      Path folder,
      Progress progress,
      PointEngine engine) {
    this.spec = spec;
    this.models = models;
    this.trace = trace;
    this.progress = progress;
    this.engine = engine;
    this.results = new ResultDirectory(folder);
    this.partial = results.partial();
  }

  /**
   * Runs it.
   *
   * @param quality the file of a quality model, to be copied into the directory, or null for the
   *     one that is there, if any
   */
  SweepSummary run(ExistingResults existing, @Nullable Path quality) {
    if (existing == ExistingResults.REFUSE && (results.hasPoints() || Files.exists(partial))) {
      throw UserException.in(
          results.folder(),
          "holds results already; --resume goes on with them, or name another directory");
    }
    plan();
    Predictions predictions = predictions(quality == null ? results.quality() : quality);
    Map<String, PointResult> done = existing == ExistingResults.RESUME ? reusable() : Map.of();
    writeConfiguration();
    Map<String, PointResult> finished = simulate(done);
    keepFastest(finished);
    List<PointResult> inOrder = planned.keySet().stream().map(finished::get).toList();
    List<PointRow> ordered =
        predicted(inOrder.stream().map(PointResult::point).toList(), predictions);
    if (existing == ExistingResults.REPLACE) {
      results.verifiedTables().forEach(SweepRun::delete);
    }
    results.writeGroups(inOrder.stream().flatMap(result -> result.groups().stream()).toList());
    results.writePoints(ordered);
    results.writeExpertUses(models.simulations().get(0).expertUses());
    results.writeSkipped(skipped);
    results.writeSensitivities(sensitivities(TornadoPoints.of(planned, ordered)));
    results.writeVerdicts(verdicts(VerdictPairs.of(planned, ordered)));
    delete(partial);
    return new SweepSummary(results, ordered, done.size(), List.copyOf(skipped));
  }

  /** Completes and plans every point; those that cannot exist are set aside with the reason. */
  private void plan() {
    for (Simulation simulation : models.simulations()) {
      spec.points().forEach(point -> plan(simulation, complete(simulation, point)));
    }
    if (planned.isEmpty()) {
      throw new UserException(
          "none of the " + skipped.size() + " points can exist: " + skipped.get(0).reason());
    }
  }

  /** Plans a point in every way that its layout stands for. */
  private void plan(Simulation simulation, PointConfig config) {
    List<String> possible = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (PointConfig way : WaysToRead.of(config)) {
      String id = ConfigDigest.of(way).pointId();
      try {
        if (!planned.containsKey(id)) {
          planned.put(id, models.plan(simulation, id, way));
        }
        possible.add(id);
      } catch (UserException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    if (possible.isEmpty()) {
      skipped.add(
          new SkippedRow(
              PointName.of(config), PointSettings.MEMORY.text().apply(config), reasons.get(0)));
    } else {
      ways.add(possible);
    }
  }

  /** Keeps of each point's ways the fastest, of equally fast ones the first. */
  private void keepFastest(Map<String, PointResult> finished) {
    Set<String> fastest = new HashSet<>();
    for (List<String> ids : ways) {
      fastest.add(
          ids.stream()
              .map(id -> Objects.requireNonNull(finished.get(id)).point())
              .reduce((a, b) -> b.time().tokensPerSecond() > a.time().tokensPerSecond() ? b : a)
              .orElseThrow()
              .pointId());
    }
    if (planned.keySet().retainAll(fastest)) {
      results.writeConfigs(planned.values().stream().map(PlannedPoint::config).toList());
    }
  }

  /**
   * A whole configuration. Where one sweep has both accountings, both take the bits of the model's
   * file, so that a share of its bytes is one memory and dense one model; the paper's own bits are
   * for a sweep of that accounting alone.
   */
  private PointConfig complete(Simulation simulation, PointConfig partialConfig) {
    if (spec.grid().of(PointSettings.ACCOUNTING).stream().distinct().count() == 1) {
      return simulation.complete(partialConfig);
    }
    PointConfig des = partialConfig.toBuilder().setAccounting(AccountingKind.DES).build();
    WeightBits bits = simulation.complete(des).getBits();
    return simulation.complete(partialConfig.toBuilder().setBits(bits).build());
  }

  /** What earlier runs found of points of this sweep, with this version, groups and all. */
  private Map<String, PointResult> reusable() {
    Map<String, PointResult> found = FinishedPoints.read(partial);
    if (results.hasPoints()) {
      Map<String, List<GroupRow>> groups =
          results.groups().stream().collect(Collectors.groupingBy(GroupRow::pointId));
      for (PointRow row : results.points()) {
        PointResult kept = found.get(row.pointId());
        List<GroupRow> ofPoint =
            kept == null ? groups.getOrDefault(row.pointId(), List.of()) : kept.groups();
        found.put(row.pointId(), new PointResult(row, ofPoint));
      }
    }
    found.values().removeIf(result -> !isReusable(result));
    return found;
  }

  private boolean isReusable(PointResult result) {
    PlannedPoint point = planned.get(result.pointId());
    return point != null
        && result.groups().size() == point.policy().groups().size()
        && result.point().identity().dipperVersion().equals(Version.current());
  }

  private void writeConfiguration() {
    PointConfig any = planned.values().iterator().next().config();
    String yaml = SweepWriter.write(spec, results.folder(), any);
    AtomicFile.write(
        results.resolvedSweep(), out -> out.write(yaml.getBytes(StandardCharsets.UTF_8)));
    results.writeConfigs(planned.values().stream().map(PlannedPoint::config).toList());
  }

  /** The results of all points, those that are done among them. */
  private Map<String, PointResult> simulate(Map<String, PointResult> done) {
    Map<String, PointResult> all = new LinkedHashMap<>(done);
    try (FinishedPoints finished = FinishedPoints.begin(partial, List.copyOf(done.values()))) {
      List<PlannedPoint> missing = new ArrayList<>();
      planned.forEach(
          (id, point) -> {
            if (!done.containsKey(id)) {
              missing.add(point);
            }
          });
      for (Simulation simulation : models.simulations()) {
        List<PlannedPoint> points = models.points(simulation, missing);
        if (!points.isEmpty()) {
          engine.run(
              new PointWork(simulation, trace, points, progress),
              result -> {
                finished.add(result);
                all.put(result.pointId(), result);
              });
        }
      }
    }
    return all;
  }

  private List<SensitivityRow> sensitivities(List<PlannedPoint> points) {
    return models.simulations().stream()
        .flatMap(model -> model.sensitivities(models.points(model, points)).stream())
        .toList();
  }

  private List<VerdictRow> verdicts(List<PointPair> pairs) {
    return models.simulations().stream()
        .flatMap(model -> model.verdicts(models.pairs(model, pairs)).stream())
        .toList();
  }

  /** By a quality model's file, which is copied into the directory; null where there is none. */
  private @Nullable Predictions predictions(Path file) {
    if (file.equals(results.quality()) && !Files.exists(file)) {
      return null;
    }
    Quality quality = QualityFile.read(file);
    QualityFile.check(file, quality, models.first());
    if (!file.equals(results.quality())) {
      QualityFile.write(results.quality(), quality);
    }
    return new Predictions(QualityFile.model(quality));
  }

  private List<PointRow> predicted(List<PointRow> rows, @Nullable Predictions predictions) {
    return predictions == null
        ? rows
        : rows.stream()
            .map(
                row ->
                    predictions.predict(
                        Objects.requireNonNull(planned.get(row.pointId())).policy(), row))
            .toList();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }
}
