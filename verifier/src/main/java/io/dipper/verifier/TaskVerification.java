package io.dipper.verifier;

import io.dipper.error.UserException;
import io.dipper.files.FolderLock;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.TaskRow;
import io.dipper.hwsim.study.setting.Adapters;
import io.dipper.progress.Progress;
import io.dipper.proto.AdapterSpec;
import io.dipper.registry.Trait;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.tokenizer.Tokenizer;
import io.dipper.tracegen.tokenizer.Tokenizers;
import io.dipper.verifier.scope.AdaptedPoints;
import io.dipper.verifier.scope.PointSelection;
import io.dipper.verifier.scope.ScopedPoint;
import io.dipper.verifier.scope.ScopedPoints;
import io.dipper.verifier.task.Task;
import io.dipper.verifier.task.TaskRows;
import io.dipper.verifier.task.TaskRunner;
import io.dipper.verifier.task.TaskScores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The accuracy of a sweep's points on multiple-choice items, beside the dense model's. Points that
 * share their masks are asked once. Rows are added to {@code tasks.csv} after each pass.
 */
public final class TaskVerification {
  private TaskVerification() {}

  /**
   * Asks the items of a file, dense and of each mask once.
   *
   * @return one row for each point, in the order of the sweep
   * @throws UserException if {@link Verification#run} would refuse the points, a line of the file
   *     is no item, or the masks of a point belong to the tokens of its trace
   */
  public static List<TaskRow> run(TaskRequest request, Progress progress) {
    VerificationRequest points = request.points();
    Verification.files(points).reads("--task", request.file()).check();
    ResultDirectory results = new ResultDirectory(points.results());
    try (FolderLock lock = FolderLock.of(points.results());
        ModelFile file = ModelFiles.open(points.model());
        TraceReader trace = TraceReader.open(points.trace());
        Tokenizer tokenizer = Tokenizers.forModel(points.model())) {
      Verification.checkBelongTogether(points.model(), file, points.trace(), trace);
      if (Experts.in(trace.model())) {
        throw new UserException(
            "--task: points of a model with experts are verified by perplexity only");
      }
      Task task = Task.read(request.file(), tokenizer, file.config());
      if (!request.promptMasked()) {
        task.checkPassesAnswers();
      }
      Simulation simulation =
          Simulation.of(points.trace(), trace, points.threads(), Progress.SILENT);
      ScopedPoints scope =
          new ScopedPoints(selection(points, results, simulation), results, simulation);
      scope.all().forEach(TaskVerification::check);
      try (DenseModel model = new DenseModel(file, points.runtime())) {
        return ask(request, scope, model, task, progress);
      }
    }
  }

  private static PointSelection selection(
      VerificationRequest points, ResultDirectory results, Simulation simulation) {
    return Adapters.isNone(points.adapter())
        ? points.points()
        : new AdaptedPoints(results, simulation, points.adapter()).of(points.points());
  }

  private static void check(ScopedPoint point) {
    String policy = point.row().policy();
    if (Policies.has(point.run().replay().policy().spec(), Trait.RECORDED)) {
      throw new UserException(
          "policy " + policy + " has masks for the tokens of the trace, and none for a task's");
    }
  }

  private static List<TaskRow> ask(
      TaskRequest request, ScopedPoints scope, DenseModel model, Task task, Progress progress) {
    ResultDirectory results = new ResultDirectory(request.points().results());
    TaskRunner runner = new TaskRunner(model, task, progress);
    TaskScores dense = runner.dense();
    TaskRows rows = new TaskRows(task, request.prompt(), dense);
    Map<String, TaskRow> byPoint = new HashMap<>();
    for (ScopedPoint point : scope.all()) {
      if (!byPoint.containsKey(point.id())) {
        TaskScores scores = isModelItself(point) ? dense : scores(request, point, model, runner);
        List<TaskRow> sharing =
            scope.sharing(point).stream().map(each -> rows.of(each.row(), scores)).toList();
        sharing.forEach(row -> byPoint.put(row.name().pointId(), row));
        results.addTasks(sharing);
      }
    }
    return scope.all().stream()
        .map(point -> Objects.requireNonNull(byPoint.get(point.id())))
        .toList();
  }

  private static boolean isModelItself(ScopedPoint point) {
    return Policies.has(point.run().replay().policy().spec(), Trait.DENSE)
        && Adapters.isNone(point.run().adapter());
  }

  private static TaskScores scores(
      TaskRequest request, ScopedPoint point, DenseModel model, TaskRunner runner) {
    AdapterSpec adapter = point.run().adapter();
    model.use(Adapters.isNone(adapter) ? null : Adapters.read(adapter, model.config().shape()));
    return runner.masked(point.run().replay(), request.promptMasked());
  }
}
