package io.dipper.cli.command;

import io.dipper.adapter.AdapterFolder;
import io.dipper.adapter.AdapterTarget;
import io.dipper.adapter.AdapterWriter;
import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.setting.CanonicalJson;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.FileContents;
import io.dipper.trace.Sha256;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.learn.AdapterCheckpoint;
import io.dipper.tracegen.learn.AdapterDescent;
import io.dipper.tracegen.learn.AdapterForm;
import io.dipper.tracegen.learn.AdapterTrainer;
import io.dipper.tracegen.learn.AdapterTrainer.Blocks;
import io.dipper.tracegen.learn.AdapterTrainer.Trained;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.Workers;
import io.dipper.verifier.live.TrainingMasks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper train lora}: an adapter that regains part of what masks lose. */
@Command(
    name = "lora",
    description = "Trains a LoRA adapter while a policy's masks prune the model.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  dipper train lora --model m.gguf --text t.txt --policy dip:density=0.5 -o A",
      "",
      "The result is a folder in PEFT's layout, which --adapter takes. A checkpoint lies",
      "beside it until it is there, and --resume goes on from that."
    })
public final class TrainLoraCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A GGUF file, or a folder with config.json and safetensors.")
  private Path model;

  @ArgGroup(multiplicity = "1")
  private TextOptions text;

  @Mixin private PartOptions part;

  @Option(
      names = "--block",
      defaultValue = "256",
      paramLabel = "N",
      description = "Tokens of a block; a step takes one (default: ${DEFAULT-VALUE}).")
  private int block;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "SPEC",
      description = "The mask: name, or name:key=value,... (dipper policies list).")
  private String policy;

  @Option(
      names = "--rank",
      defaultValue = "16",
      paramLabel = "R",
      description = "Rank of the maps (default: ${DEFAULT-VALUE}).")
  private int rank;

  @Option(names = "--attention", description = "Adapt query, key, value and output, too.")
  private boolean attention;

  @Option(
      names = "--steps",
      defaultValue = "256",
      paramLabel = "N",
      description = "Steps, at most (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--check-every",
      defaultValue = "32",
      paramLabel = "N",
      description = "Steps between looks at held-out blocks (default: ${DEFAULT-VALUE}).")
  private int checkEvery;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.002",
      paramLabel = "RATE",
      description = "Of the first step; it falls to 0 along a cosine (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--held-out",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = {
        "Share of the blocks to judge by, the last ones (default: ${DEFAULT-VALUE}).",
        "0 trains on all of them and writes the last state."
      })
  private double heldOut;

  @Option(
      names = "--cross-entropy",
      description = "Learn the text itself, not the dense model's distribution.")
  private boolean crossEntropy;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--resume", description = "Go on with the checkpoint of a stopped run.")
  private boolean resume;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder to write.")
  private Path output;

  @Override
  public void run() {
    check();
    CommandFiles files =
        text.inputs(new CommandFiles().readsAll("--model", ModelFiles.files(model)));
    AdapterFolder.files(output).forEach(file -> files.writes("-o", file));
    files.check();
    try (ModelFile file = ModelFiles.open(model);
        Workers workers = new Workers(run.threads());
        ShownProgress progress = run.progress()) {
      ModelShape shape = file.config().shape();
      Corpus corpus = part.of(text.corpus(model, shape.getVocabularySize()), block);
      PolicySpec masks = Policies.resolve(Policies.parse(policy));
      AdapterCheckpoint checkpoint = checkpoint(identity(file, corpus, masks));
      Blocks blocks = blocks(corpus);
      int count = blocks.trained().size() + blocks.held().size();
      long bytes = AdapterTrainer.bytes(shape, block, count, run.threads());
      progress.start(
          "training adapter in " + Show.bytes(bytes) + " beside the heap", "steps", steps);
      Trained trained =
          new AdapterTrainer(form(), descent(), checkpoint)
              .train(
                  file,
                  blocks,
                  TrainingMasks.of(masks, shape, block, workers),
                  run.threads(),
                  progress);
      AdapterWriter.write(trained.adapter(), shape.getName(), output);
      checkpoint.remove();
      progress.close();
      print(trained);
    }
  }

  private void check() {
    OptionChecks.atLeastOne("--rank", rank);
    OptionChecks.atLeastOne("--steps", steps);
    OptionChecks.require(block >= 2, "--block " + block + ": must be at least 2");
    OptionChecks.atLeastOne("--check-every", checkEvery);
    OptionChecks.learningRate(learningRate);
    OptionChecks.require(
        heldOut >= 0 && heldOut < 1, "--held-out " + heldOut + ": must be at least 0, below 1");
    OptionChecks.require(
        !Files.exists(output), output + ": is there already; name another folder, or remove it");
  }

  private AdapterForm form() {
    EnumSet<AdapterTarget> targets = EnumSet.copyOf(AdapterTarget.MLP);
    if (attention) {
      targets = EnumSet.allOf(AdapterTarget.class);
    }
    return new AdapterForm(rank, targets, seed);
  }

  private AdapterDescent descent() {
    return new AdapterDescent(steps, learningRate, checkEvery, !crossEntropy);
  }

  /** Of everything that the weights depend on. */
  private String identity(ModelFile file, Corpus corpus, PolicySpec masks) {
    String all =
        String.join(
            "\n",
            file.sha256(),
            corpus.sha256(),
            part.part() + " " + corpus.tokens().length + " " + block + " " + heldOut,
            CanonicalJson.of(FileContents.identity(masks)),
            form().toString(),
            descent().toString());
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }

  private AdapterCheckpoint checkpoint(String identity) {
    Path file = output.resolveSibling(output.getFileName() + ".training.safetensors");
    AdapterCheckpoint checkpoint = new AdapterCheckpoint(file, identity);
    OptionChecks.require(
        resume || !checkpoint.exists(),
        file + ": is the checkpoint of a stopped run; give --resume, or remove it");
    OptionChecks.require(
        !resume || checkpoint.exists(), file + ": is not there, so there is nothing to resume");
    return checkpoint;
  }

  private Blocks blocks(Corpus corpus) {
    List<int[]> all =
        new Protocol.Disjoint(block)
            .windows(corpus.tokens(), -1).stream().map(Window::tokens).toList();
    int held = heldOut == 0 ? 0 : (int) Math.max(1, Math.round(heldOut * all.size()));
    OptionChecks.require(
        held < all.size(),
        "the text has " + all.size() + " blocks, too few to train on some and hold others out");
    return new Blocks(
        all.subList(0, all.size() - held), all.subList(all.size() - held, all.size()));
  }

  private void print(Trained trained) {
    long weights = trained.adapter().matrices().stream().mapToLong(m -> m.map().weights()).sum();
    String loss =
        heldOut == 0
            ? String.format(
                Locale.ROOT, "loss of the last steps %.4f nats per token", trained.loss())
            : String.format(
                Locale.ROOT,
                "held-out loss %.4f nats per token, untrained %.4f",
                trained.loss(),
                trained.untrainedLoss());
    spec.commandLine()
        .getOut()
        .printf(
            "%s: rank %d, %s weights, %s steps; %s%n",
            output, rank, Show.count(weights), Show.count(trained.steps()), loss);
  }
}
