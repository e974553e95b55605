package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.hub.HubModel;
import io.dipper.tracegen.hub.ModelCatalogue;
import io.dipper.tracegen.hub.ModelHub;
import io.dipper.tracegen.model.ModelFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper models}: the known models, their download, and what a model file holds. */
@Command(
    name = "models",
    description =
        "Known models: list them, download one, show a file's header; shapes and quantisations.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  dipper models pull smollm2-135m-instruct"})
public final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    list();
  }

  @Command(
      description = "Lists the models that can be downloaded by name.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper models list"})
  void list() {
    Table table = new Table("name", "size", "what");
    for (HubModel model : ModelCatalogue.builtIn().models()) {
      table.row(model.name(), "~" + Show.bytes(model.aboutBytes()), model.description());
    }
    table.print(out());
  }

  @Command(
      description =
          "Downloads a model from the Hugging Face hub (or the mirror that HF_ENDPOINT names),"
              + " goes on where it was interrupted, and checks it.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper models pull smollm2-135m-instruct"})
  void pull(
      @Parameters(paramLabel = "NAME", description = "A name of 'dipper models list'.") String name,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "DIR",
              description = "Where models go (default: dipper/models in the user's cache folder).")
          @Nullable Path folder,
      @Option(
              names = {"-q", "--quiet"},
              description = "No progress on standard error.")
          boolean quiet) {
    HubModel model = ModelCatalogue.builtIn().find(name);
    ModelHub hub = ModelHub.fromEnvironment(System.getenv());
    Path target = folder == null ? ModelHub.defaultFolder(System.getenv()) : folder;
    try (ShownProgress progress = ShownProgress.on(spec.commandLine().getErr(), quiet)) {
      Path file = hub.pull(model, target, progress);
      progress.close();
      out().println(file);
    }
  }

  @Command(
      description =
          "Shows the header of a GGUF or safetensors file, or of a model's folder; of one that"
              + " cannot be run too, and why.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper models show model.gguf"})
  void show(@Parameters(paramLabel = "FILE", description = "A file or folder.") Path file) {
    ModelSummary summary = ModelFiles.summary(file);
    out().println(summary.format());
    if (!summary.note().isEmpty()) {
      out().println("cannot be run: " + summary.note());
    }
    summary.config().ifPresent(config -> out().println(config.shape()));
    out().println();
    Table metadata = new Table("key", "type", "value");
    summary.metadata().forEach(e -> metadata.row(e.key(), e.type(), e.value()));
    metadata.print(out());
    out().println();
    Table tensors = new Table("tensor", "type", "shape", "size");
    summary
        .tensors()
        .forEach(t -> tensors.row(t.name(), t.type(), shape(t), Show.bytes(t.bytes())));
    tensors.print(out());
  }

  @Command(
      description =
          "Lists the shapes that are simulated without a file (--shape), with their source; I of"
              + " models with experts is that of one.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper models shapes"})
  void shapes() {
    Table table =
        new Table(
            "shape",
            "weights",
            "H",
            "I",
            "experts",
            "layers",
            "heads",
            "kv",
            "head dim",
            "V",
            "tied",
            "MLP",
            "source");
    for (NamedShape named : ModelShapes.all()) {
      ModelShape shape = named.shape();
      table.row(
          named.name(),
          Show.count(named.parameters()),
          String.valueOf(shape.getHiddenSize()),
          units(shape),
          experts(shape),
          String.valueOf(shape.getLayers()),
          String.valueOf(shape.getHeads()),
          String.valueOf(shape.getKvHeads()),
          String.valueOf(shape.getHeadDim()),
          String.valueOf(shape.getVocabularySize()),
          named.tied() ? "yes" : "no",
          named.activation(),
          named.source());
    }
    table.print(out());
  }

  @Command(
      description = "Lists the quantisations (--quant) with the bits per weight they give a shape.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper models quants --shape llama-3-8b"})
  void quants(
      @Option(
              names = "--shape",
              paramLabel = "NAME",
              defaultValue = "llama-2-7b",
              description = "The shape (default: ${DEFAULT-VALUE}).")
          String name) {
    NamedShape named = ModelShapes.find(name);
    Table table =
        new Table(
            "quant", "MLP", "attention", "head", "embedding", "matrices", "expert, B", "what");
    for (Quantisation quantisation : Quantisations.all()) {
      WeightBits bits = quantisation.bits(named.shape(), named.tied());
      table.row(
          quantisation.name(),
          Show.digits(bits.getMlp()),
          Show.digits(bits.getAttention()),
          Show.digits(bits.getHead()),
          Show.digits(bits.getEmbedding()),
          Show.bytes(named.bytes(bits)),
          expertBytes(quantisation, named.shape()),
          quantisation.about());
    }
    out()
        .printf(
            "Bits per weight of %s, block scales included, and the bytes of its matrices.%n%n",
            name);
    table.print(out());
  }

  /** GLU units of an expert, or of the MLP. */
  private static String units(ModelShape shape) {
    return String.valueOf(
        shape.getExperts() > 0 ? shape.getExpertIntermediateSize() : shape.getIntermediateSize());
  }

  private static String experts(ModelShape shape) {
    return shape.getExperts() == 0 ? "" : shape.getExpertsPerToken() + " of " + shape.getExperts();
  }

  private static String expertBytes(Quantisation quantisation, ModelShape shape) {
    return shape.getExperts() == 0
        ? ""
        : quantisation.expertBytes(shape).stream()
            .map(Show::count)
            .collect(Collectors.joining(" or "));
  }

  private static String shape(ModelSummary.TensorEntry tensor) {
    return tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
