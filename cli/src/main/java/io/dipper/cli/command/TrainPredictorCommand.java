package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.files.OutputFile;
import io.dipper.predictor.Predictor;
import io.dipper.predictor.PredictorFile;
import io.dipper.trace.Sha256;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.learn.Descent;
import io.dipper.tracegen.learn.FinishedLayers;
import io.dipper.tracegen.learn.FittedMap;
import io.dipper.tracegen.learn.PredictorForm;
import io.dipper.tracegen.learn.PredictorTrainer;
import io.dipper.tracegen.learn.PredictorTrainer.Trained;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper train predictor}: a map for each layer that guesses which GLU units matter. */
@Command(
    name = "predictor",
    description = "Trains a predictor of the GLU units that matter, for the policy predictive.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  dipper train predictor --trace t.arrow --rank 96 -o p.safetensors",
      "",
      "The trace is a recorded one (dipper trace --sites x,glu), the file a parameter of the",
      "policy: --policy predictive:predictor=p.safetensors,keep=0.5.",
      "A run that was stopped goes on where it was: each finished layer lies in a",
      "folder beside the output until all are there."
    })
public final class TrainPredictorCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private ForceOption force;

  @Option(
      names = "--trace",
      required = true,
      paramLabel = "FILE",
      description = "The trace to learn from, with the sites x and that of --target.")
  private Path trace;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The safetensors file to write.")
  private Path output;

  @Option(
      names = "--rank",
      defaultValue = "96",
      paramLabel = "R",
      description =
          "Inner width r: logits are x A B, A of H x r, B of r x I (default: ${DEFAULT-VALUE}).")
  private int rank;

  @Option(
      names = "--keep",
      defaultValue = "0.5",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = "The share of units that it learns to find (default: ${DEFAULT-VALUE}).")
  private double keep;

  @Option(
      names = "--target",
      defaultValue = "glu",
      paramLabel = "SITE",
      description =
          "By whose magnitudes units matter: glu, gate or up (default: ${DEFAULT-VALUE}).")
  private Site target;

  @Option(names = "--relu", description = "Inner values pass through max(0, .).")
  private boolean relu;

  @Option(
      names = "--look-ahead",
      description = "Look at the input of the layer before, so that a mask is known a layer early.")
  private boolean lookAhead;

  @Option(
      names = "--passes",
      defaultValue = "12",
      paramLabel = "N",
      description = "Passes over the tokens, at most (default: ${DEFAULT-VALUE}).")
  private int passes;

  @Option(
      names = "--batch",
      defaultValue = "256",
      paramLabel = "N",
      description = "Tokens of a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.003",
      paramLabel = "RATE",
      description = "Of the first step; it falls to 0 along a cosine (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--held-out",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = "Share of the trace to judge by, from its end (default: ${DEFAULT-VALUE}).")
  private double heldOut;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public void run() {
    check();
    new CommandFiles().reads("--trace", trace).writes("-o", output).check();
    try (OutputFile target = OutputFile.result(output, force.existing(), PredictorFile.KIND);
        TraceReader recorded = TraceReader.open(trace);
        ShownProgress progress = run.progress()) {
      FinishedLayers kept = new FinishedLayers(output, identity(recorded));
      Trained trained =
          new PredictorTrainer(form(), descent()).train(recorded, kept, run.threads(), progress);
      write(trained.predictor(), target);
      kept.remove();
      progress.close();
      print(trained);
    }
  }

  private void check() {
    OptionChecks.atLeastOne("--rank", rank);
    OptionChecks.require(keep > 0 && keep < 1, "--keep " + keep + ": must be above 0 and below 1");
    OptionChecks.require(
        List.of(Site.GLU, Site.GATE, Site.UP).contains(target),
        "--target " + target.id() + ": must be glu, gate or up");
    OptionChecks.atLeastOne("--passes", passes);
    OptionChecks.atLeastOne("--batch", batch);
    OptionChecks.learningRate(learningRate);
    OptionChecks.require(
        heldOut > 0 && heldOut < 1, "--held-out " + heldOut + ": must be above 0 and below 1");
  }

  private PredictorForm form() {
    return new PredictorForm(rank, relu, lookAhead ? 1 : 0, target, keep);
  }

  private Descent descent() {
    return new Descent(passes, batch, learningRate, heldOut, seed);
  }

  /** Of everything that a layer's weights depend on. */
  private String identity(TraceReader recorded) {
    String all = recorded.sha256() + form() + descent();
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }

  private void write(Predictor predictor, OutputFile target) {
    try {
      PredictorFile.write(predictor, target);
    } catch (IOException e) {
      throw new UserException(output + ": cannot be written", e);
    }
    target.commit();
  }

  private void print(Trained trained) {
    PrintWriter out = spec.commandLine().getOut();
    Predictor predictor = trained.predictor();
    long weights = predictor.layers().stream().mapToLong(map -> map.weights()).sum();
    out.printf(
        "%s: %d layers, rank %d, %s weights (%s at %.0f bits)%n%n",
        output,
        predictor.layers().size(),
        predictor.rank(),
        Show.count(weights),
        Show.bytes(weights * predictor.bits() / Byte.SIZE),
        predictor.bits());
    out.printf("%5s  %8s  %6s%n", "layer", "loss", "recall");
    for (int l = 0; l < trained.layers().size(); l++) {
      FittedMap map = trained.layers().get(l);
      out.printf("%5d  %8.4f  %6.3f%n", l, map.loss(), map.recall());
    }
    out.printf("%5s  %8.4f  %6.3f%n", "mean", trained.loss(), trained.recall());
    out.printf(
        "%nOn %s tokens that were held out; recall: of the %s of units with the largest |%s|, the"
            + " share%nthat the same number of largest logits finds.%n",
        Show.count(trained.heldOutTokens()), Show.percent(keep), target.id());
  }
}
