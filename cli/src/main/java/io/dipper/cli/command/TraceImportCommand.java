package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.files.CommandFiles;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.routes.RouteImport;
import io.dipper.hwsim.study.result.Version;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper trace import}: a router trace of an engine, as a trace. */
@Command(
    name = "import",
    description = "Makes a trace of an engine's router trace: which experts its run chose.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  dipper trace import qwen3-30b-a3b.route.csv -o qwen.arrow"})
public final class TraceImportCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private ForceOption force;

  @Parameters(
      paramLabel = "ROUTES.csv",
      description =
          "A CSV with the columns turn, phase, step, layer, slot, expert, weight, and comment lines"
              + " about the model and its layers.")
  private Path routes;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The trace to write.")
  private Path output;

  @Override
  public void run() {
    new CommandFiles().reads("ROUTES.csv", routes).writes("-o", output).check();
    try (OutputFile target = OutputFile.recording(output, force.existing());
        ShownProgress progress = run.progress()) {
      TraceManifest manifest =
          RouteImport.run(routes, "dipper " + Version.current(), target, progress);
      progress.close();
      ModelShape model = manifest.getModel();
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %s tokens in %s sequences, %s of them prompts; %d of %d experts in %d layers%n"
                  + "It holds the chosen experts and their weights: no logits, activations, token"
                  + " ids or losses.%n",
              output,
              Show.count(manifest.getTokens()),
              Show.count(manifest.getSequences()),
              Show.count(RouteImport.promptTokens(manifest)),
              model.getExpertsPerToken(),
              model.getExperts(),
              model.getLayers());
    }
  }
}
