package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.error.UserException;
import io.dipper.hwsim.study.report.HtmlReport;
import io.dipper.hwsim.study.result.TaskRow;
import io.dipper.hwsim.study.setting.Adapters;
import io.dipper.verifier.TaskVerification;
import io.dipper.verifier.Verification;
import io.dipper.verifier.VerificationRequest;
import io.dipper.verifier.VerificationResult;
import io.dipper.verifier.scope.PointSelection;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper verify}: live runs of chosen points. */
@Command(
    name = "verify",
    description = "Runs chosen points live: perplexity, and how far replay was from live.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  dipper verify results --model model.gguf --budget +0.1,+0.2,+0.5"})
public final class VerifyCommand implements Runnable {
  /** Which points: one of three ways. */
  static final class Points {
    @Option(
        names = "--points",
        split = ",",
        paramLabel = "ID",
        description = "Point ids (or their beginnings), or all.")
    private @Nullable List<String> ids;

    @Option(
        names = "--pareto",
        description = "Points that no other beats in speed, memory and quality (the default).")
    private boolean pareto;

    @Option(
        names = "--budget",
        split = ",",
        paramLabel = "+PPL",
        description = "The fastest and the smallest point within that loss of perplexity.")
    private @Nullable List<Double> budgets;

    PointSelection selection(int runs) {
      if (budgets != null) {
        for (double budget : budgets) {
          if (!(budget >= 0) || Double.isInfinite(budget)) {
            throw new UserException("--budget " + budget + ": must be at least 0, e.g. +0.1");
          }
        }
        OptionChecks.atLeastOne("--runs", runs);
        return new PointSelection.Budget(budgets, runs);
      }
      if (ids != null) {
        return ids.equals(List.of("all")) ? new PointSelection.All() : new PointSelection.Ids(ids);
      }
      return new PointSelection.Pareto();
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private WeightOptions weights;
  @Mixin private LiveOptions live;
  @ArgGroup private @Nullable Points points;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description =
          "Run the points with a LoRA adapter, a folder in PEFT's layout; each is then another"
              + " point, which is added to the results.")
  private @Nullable Path adapter;

  @Option(
      names = "--runs",
      defaultValue = "8",
      paramLabel = "N",
      description =
          "With --budget: the most live runs that the search may ask for (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Mixin private TaskOptions task;

  @Override
  public void run() {
    PointSelection selection =
        points == null ? new PointSelection.Pareto() : points.selection(runs);
    if (task.isGiven()) {
      ask(selection);
      return;
    }
    try (ShownProgress progress = run.progress()) {
      VerificationResult result = Verification.run(request(selection), progress);
      HtmlReport.write(live.results());
      progress.close();
      VerifiedTable.print(result, live.results(), spec.commandLine().getOut());
      PredictionText.print(live.results().predictions(), spec.commandLine().getOut());
    }
  }

  private void ask(PointSelection selection) {
    if (selection instanceof PointSelection.Budget || live.choosesText()) {
      throw new UserException(
          "--task asks its own items of points that are named: leave out --budget, --text, --ids,"
              + " --part and --tokens");
    }
    try (ShownProgress progress = run.progress()) {
      List<TaskRow> rows = TaskVerification.run(task.of(request(selection)), progress);
      HtmlReport.write(live.results());
      progress.close();
      TaskTable.print(rows, spec.commandLine().getOut());
    }
  }

  private VerificationRequest request(PointSelection selection) {
    VerificationRequest request = live.request(selection, weights.runtime(run.threads()));
    return adapter == null ? request : request.with(Adapters.of(adapter, false));
  }
}
