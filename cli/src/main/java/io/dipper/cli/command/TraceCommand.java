package io.dipper.cli.command;

import io.dipper.adapter.Adapter;
import io.dipper.adapter.AdapterFolder;
import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.files.CommandFiles;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.study.result.Version;
import io.dipper.proto.TraceSummary;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.record.RecordingOptions;
import io.dipper.tracegen.record.TraceRecorder;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dipper trace}: the dense run, recorded. */
@Command(
    name = "trace",
    description = "Records a dense run of a model over a text.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = TraceImportCommand.class,
    customSynopsis = {
      "dipper trace --model=FILE (--text=FILE | --ids=FILE) -o=FILE [OPTIONS]",
      "   or: dipper trace import ROUTES.csv -o=FILE [OPTIONS]"
    },
    footer = {
      "",
      "Example:",
      "  dipper trace --model model.gguf --text wiki.txt --tokens 4096 -o t.arrow"
    })
public final class TraceCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private WeightOptions weights;
  @Mixin private ForceOption force;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A GGUF file, or a folder with config.json and safetensors.")
  private @Nullable Path model;

  @ArgGroup private @Nullable TextOptions text;

  @Mixin private PartOptions part;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "Tokens of a sequence (default: 2048, or the model's shorter context).")
  private @Nullable Integer block;

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description =
          "Of x, gate, up, glu, those to record (default: all); of a model with experts of x,"
              + " router, router_ahead, expert_gate, expert_up, expert_glu (default: x,router), and"
              + " gate, up, glu of its dense layers.")
  private @Nullable Set<Site> sites;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "Run with a LoRA adapter, a folder in PEFT's layout.")
  private @Nullable Path adapter;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The trace to write.")
  private @Nullable Path output;

  /** What the parser cannot require, because a subcommand does without. */
  @Override
  public void run() {
    record(given("--model", model), given("(--text | --ids)", text), given("-o", output));
  }

  private <T> T given(String option, @Nullable T value) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '" + option + "=FILE'");
    }
    return value;
  }

  private void record(Path model, TextOptions text, Path output) {
    text.inputs(new CommandFiles().readsAll("--model", ModelFiles.files(model)))
        .reads("--adapter", adapter)
        .writes("-o", output)
        .check();
    try (OutputFile target = OutputFile.recording(output, force.existing());
        ModelFile file = ModelFiles.open(model);
        ShownProgress progress = run.progress()) {
      RecordingOptions options = options(file);
      int blockLength = options.protocol(file.config()).length();
      int vocabulary = file.config().shape().getVocabularySize();
      Corpus corpus = text.corpus(model, vocabulary).part(part.part(), blockLength);
      TraceSummary summary = new TraceRecorder(options).record(file, corpus, target, progress);
      progress.close();
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %s tokens in %s sequences, %s values beyond fp16%n",
              output,
              Show.count(summary.getTokens()),
              Show.count(summary.getSequences()),
              Show.count(summary.getSaturated()));
      sayFewer(summary.getTokens(), corpus.tokens().length, blockLength);
    }
  }

  /** Where fewer tokens were recorded than were asked for. */
  private void sayFewer(long recorded, int ofText, int blockLength) {
    Integer tokens = part.tokens();
    if (tokens == null || recorded >= tokens) {
      return;
    }
    spec.commandLine()
        .getOut()
        .printf(
            "fewer than --tokens %s: the text has %s, and whole sequences of %s are recorded%n",
            Show.count(tokens), Show.count(ofText), Show.count(blockLength));
  }

  private RecordingOptions options(ModelFile file) {
    RecordingOptions options =
        RecordingOptions.defaults("dipper " + Version.current())
            .withRuntime(weights.runtime(run.threads()));
    if (adapter != null) {
      Adapter beside = AdapterFolder.read(adapter);
      beside.check(adapter, file.config().shape());
      options = options.withAdapter(beside);
    }
    if (part.tokens() != null) {
      options = options.withTokens(part.tokens());
    }
    if (block != null) {
      options = options.withBlockLength(block);
    }
    return sites == null ? options : options.withSites(sites);
  }
}
