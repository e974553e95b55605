package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.error.UserException;
import io.dipper.hwsim.report.HtmlReport;
import io.dipper.hwsim.result.ResultDirectory;
import io.dipper.hwsim.sweep.Sweep;
import io.dipper.trace.TraceReader;
import io.dipper.verifier.PointSelection;
import io.dipper.verifier.TokenSource;
import io.dipper.verifier.Verification;
import io.dipper.verifier.VerificationRequest;
import io.dipper.verifier.VerificationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper verify}: live runs of chosen points. */
@Command(
    name = "verify",
    description = "Runs chosen points live: perplexity, and how far replay was from live.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  dipper verify results --model model.gguf --budget +0.5"})
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

    PointSelection selection() {
      if (budgets != null) {
        return new PointSelection.Budget(budgets);
      }
      if (ids != null) {
        return ids.equals(List.of("all")) ? new PointSelection.All() : new PointSelection.Ids(ids);
      }
      return new PointSelection.Pareto();
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;

  @Parameters(paramLabel = "DIR", description = "The folder of a sweep.")
  private Path folder;

  @ArgGroup private @Nullable Points points;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model of the trace (default: the file of its name beside the trace).")
  private @Nullable Path model;

  @ArgGroup private @Nullable TextOptions text;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "The first N tokens (default: all of the trace, or of the text).")
  private void tokens(int tokens) {
    if (tokens < 1) {
      throw new UserException("--tokens " + tokens + ": must be at least 1");
    }
    this.tokens = tokens;
  }

  private int tokens = Integer.MAX_VALUE;

  @Override
  public void run() {
    ResultDirectory results = new ResultDirectory(folder);
    results.points();
    Path trace = Sweep.read(results.resolvedSweep()).trace();
    VerificationRequest request =
        VerificationRequest.of(
                folder,
                points == null ? new PointSelection.Pareto() : points.selection(),
                model == null ? modelBeside(trace) : model,
                trace,
                run.threads())
            .on(text == null ? new TokenSource.Trace() : text.source(), tokens);
    try (ShownProgress progress = run.progress()) {
      VerificationResult result = Verification.run(request, progress);
      HtmlReport.write(results);
      progress.close();
      VerifiedTable.print(result, spec.commandLine().getOut());
    }
  }

  private static Path modelBeside(Path trace) {
    try (TraceReader reader = TraceReader.open(trace)) {
      String name = reader.model().getName();
      Path model = trace.resolveSibling(name);
      if (!Files.exists(model)) {
        throw UserException.in(
            trace, "was recorded from " + name + ", which is not beside it; give --model FILE");
      }
      return model;
    }
  }
}
