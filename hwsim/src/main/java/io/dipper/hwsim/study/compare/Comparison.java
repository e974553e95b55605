package io.dipper.hwsim.study.compare;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.files.FolderLock;
import io.dipper.hwsim.execute.Execution;
import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.execute.WarmUp;
import io.dipper.hwsim.execute.file.WeightFile;
import io.dipper.hwsim.study.compare.PointComparison.ComparedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.ExecutionRow;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.sweep.ExistingResults;
import io.dipper.hwsim.study.sweep.Sweep;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.trace.Recording;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The points of a sweep, simulated and then executed on this machine: round by round each of them
 * once, so that what changes on the machine meets all alike.
 *
 * <pre>{@code
 * Comparison.run(sweep, request, folder, ExistingResults.RESUME, progress);
 * }</pre>
 */
public final class Comparison {
  /** Tokens that are run before an execution once everything is compiled. */
  private static final int WARM_UP = 4;

  private final ComparisonRequest request;
  private final ResultDirectory results;
  private final Progress progress;
  private final List<ExecutionRow> executions;
  private final Map<String, ComparedPoint> points = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private final List<Workload> work = new ArrayList<>();

  private Comparison(ComparisonRequest request, ResultDirectory results, Progress progress) {
    this.request = request;
    this.results = results;
    this.progress = progress;
    this.executions = new ArrayList<>(results.executions());
  }

  /**
   * Simulates the sweep into a folder as it is done without executions, and executes its points.
   *
   * @param existing what becomes of a folder that holds results; what was executed is kept where
   *     the comparison resumes
   * @return the points beside their executions, also in {@code compare.csv}
   * @throws UserException if no point can be executed, the folder holds other results, or the
   *     weights cannot be written or read; every execution that has ended is in {@code
   *     executions.csv} then
   */
  public static List<ExecutedPointRow> run(
      Sweep sweep,
      ComparisonRequest request,
      Path folder,
      ExistingResults existing,
      Progress progress) {
    ResultDirectory results = new ResultDirectory(folder);
    checkFiles(sweep, request, results);
    Execution.announce();
    Sweep shortened = sweep.ofTokens(request.conditions().tokens());
    int threads = request.conditions().threads();
    try (TraceReader reader = TraceReader.open(sweep.trace())) {
      Recording recording = shortened.recording(reader);
      ComparisonRequest whole = request.ofTokens(Arrays.stream(recording.sequenceLengths()).sum());
      checkConditions(results, whole, existing);
      List<PointRow> rows = shortened.run(folder, existing, threads, progress).points();
      try (FolderLock lock = FolderLock.of(folder)) {
        TraceInfo info = TraceInfo.of(sweep.trace(), reader);
        return new Comparison(whole, results, progress)
            .run(rows, new Simulation(recording, info, threads, Progress.SILENT), recording);
      }
    }
  }

  private static void checkFiles(Sweep sweep, ComparisonRequest request, ResultDirectory results) {
    CommandFiles files = new CommandFiles().reads("--trace", sweep.trace());
    results.written().forEach(file -> files.writes("-o", file));
    files.writes("--file", request.file()).check();
  }

  private static void checkConditions(
      ResultDirectory results, ComparisonRequest request, ExistingResults existing) {
    List<ExecutionRow> before = results.executions();
    if (existing == ExistingResults.RESUME && results.hasPoints() && before.isEmpty()) {
      throw UserException.in(
          results.folder(), "holds points that nothing was compared with; name another directory");
    }
    for (ExecutionRow row : before) {
      if (existing == ExistingResults.RESUME && !row.conditions().equals(request.conditions())) {
        throw UserException.in(
            results.folder(),
            "was executed with --tokens "
                + row.conditions().tokens()
                + " and --threads "
                + row.conditions().threads()
                + "; give these, or name another directory");
      }
    }
  }

  private List<ExecutedPointRow> run(
      List<PointRow> rows, Simulation simulation, Recording recording) {
    Map<String, PointConfig> configs = results.configs();
    for (PointRow row : rows) {
      PointConfig config = Objects.requireNonNull(configs.get(row.pointId()));
      add(row.pointId(), new ComparedPoint(simulation.plan(config), recording), simulation);
    }
    if (points.isEmpty()) {
      throw new UserException(
          "none of the "
              + rows.size()
              + " points can be executed: "
              + refused.values().iterator().next());
    }
    execute(simulation);
    List<ExecutedPointRow> compared = ExecutedPoints.rows(rows, executions, refused);
    results.writeCompared(compared);
    return compared;
  }

  private void add(String id, ComparedPoint point, Simulation simulation) {
    try {
      work.add(point.executable(simulation));
      points.put(id, point);
    } catch (UserException e) {
      refused.put(id, String.valueOf(e.getMessage()).replaceFirst("^execute: ", ""));
    }
  }

  /** Makes what executions are missing, in whole rounds. */
  private void execute(Simulation simulation) {
    long missing = 0;
    for (int round = 1; round <= request.rounds(); round++) {
      missing += points.size() - executed(round).size();
    }
    if (missing == 0) {
      return;
    }
    try (WeightFile weights = WeightFile.write(request.file(), work, progress)) {
      rehearse(simulation, weights);
      progress.start("comparing", "executions", missing);
      for (int round = 1; round <= request.rounds(); round++) {
        Set<String> done = executed(round);
        for (Map.Entry<String, ComparedPoint> point : points.entrySet()) {
          if (!done.contains(point.getKey())) {
            executions.add(execute(point.getKey(), point.getValue(), round, simulation, weights));
            results.writeExecutions(executions);
            progress.advance(1);
          }
        }
      }
    }
  }

  /** Runs a few tokens of all points, so that everything is compiled before any time is taken. */
  private void rehearse(Simulation simulation, WeightFile weights) {
    if (request.warmUp().tokens() == 0) {
      return;
    }
    progress.start("warming up", "points", points.size());
    for (ComparedPoint point : points.values()) {
      point.rehearse(simulation, execution(point, request.warmUp()), weights);
      progress.advance(1);
    }
  }

  private ExecutionRequest execution(ComparedPoint point, WarmUp warmUp) {
    return request.execution(point.point().config().getHardware().getFlash(), warmUp);
  }

  /** The points that were executed in a round. */
  private Set<String> executed(int round) {
    Set<String> done = new HashSet<>();
    executions.stream()
        .filter(row -> row.round() == round && points.containsKey(row.pointId()))
        .forEach(row -> done.add(row.pointId()));
    return done;
  }

  private ExecutionRow execute(
      String id, ComparedPoint point, int round, Simulation simulation, WeightFile weights) {
    double diskPace = weights.diskPace();
    PointComparison compared =
        point.run(
            simulation,
            execution(point, WarmUp.of(Math.min(WARM_UP, request.warmUp().tokens()))),
            weights);
    return ExecutedPoints.execution(id, round, request.conditions(), diskPace, compared);
  }
}
