package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.sweep.Sweep;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Part;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.TokenSource;
import io.dipper.verifier.VerificationRequest;
import io.dipper.verifier.scope.PointSelection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is run live: a sweep's points, in its model, on some tokens. */
final class LiveOptions {
  @Parameters(paramLabel = "DIR", description = "The folder of a sweep.")
  private Path folder;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model of the trace (default: the file of its name beside the trace).")
  private @Nullable Path model;

  @ArgGroup private @Nullable TextOptions text;

  @Option(
      names = "--part",
      paramLabel = "I/N",
      description = "Every N-th block of the text, from the I-th on (default: all).")
  private void part(String text) {
    this.part = Part.parse(text);
  }

  private @Nullable Part part;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "The first N tokens (default: all of the trace, or of the text).")
  private void tokens(int tokens) {
    OptionChecks.atLeastOne("--tokens", tokens);
    this.tokens = tokens;
  }

  private int tokens = Integer.MAX_VALUE;

  /** Whether anything is said of the tokens that are run. */
  boolean choosesText() {
    return text != null || part != null || tokens != Integer.MAX_VALUE;
  }

  /** The folder. */
  ResultDirectory results() {
    return new ResultDirectory(folder);
  }

  /**
   * What to verify.
   *
   * @throws UserException if the folder holds no points
   */
  VerificationRequest request(PointSelection selection, RuntimeOptions runtime) {
    results().points();
    Path trace = Sweep.read(results().resolvedSweep()).trace();
    if (part != null && text == null) {
      throw new UserException(
          "--part " + part.index() + "/" + part.of() + ": of what? Give --text or --ids");
    }
    return VerificationRequest.of(
            folder, selection, model == null ? modelBeside(trace) : model, trace, runtime)
        .on(text == null ? new TokenSource.Trace() : text.source(orWhole()), tokens);
  }

  private Part orWhole() {
    return part == null ? Part.WHOLE : part;
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
