package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.cli.console.Table;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.RoutedLayers;
import io.dipper.trace.Site;
import io.dipper.trace.SiteStatistics;
import io.dipper.trace.TraceReader;
import io.dipper.trace.TraceStatistics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper inspect}: what a trace holds. */
@Command(
    name = "inspect",
    description = "What a trace holds: manifest, magnitudes per layer, a histogram.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  dipper inspect t.arrow"})
public final class InspectCommand implements Runnable {
  /** What no router trace of an engine says. */
  private static final String LACKING =
      "hidden size, heads, vocabulary, token ids, activations, all logits, where experts lie";

  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;

  @Parameters(paramLabel = "TRACE", description = "A trace file.")
  private Path file;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (TraceReader trace = TraceReader.open(file);
        ShownProgress progress = run.progress()) {
      List<SiteStatistics> statistics = TraceStatistics.of(trace, progress);
      progress.close();
      manifest(trace).print(out);
      out.println();
      magnitudes(statistics).print(out);
      for (Site site : trace.sites()) {
        out.println();
        MagnitudeHistogram.print(site, statistics, out);
      }
    }
  }

  private static Table manifest(TraceReader trace) {
    TraceManifest manifest = trace.manifest();
    ModelShape model = manifest.getModel();
    Table table = new Table("trace", "");
    table.row("model", model.getName() + (manifest.getSynthetic() ? " (synthetic)" : ""));
    table.row("shape", shape(model));
    if (!manifest.getImportedFrom().isEmpty()) {
      table.row("imported from", manifest.getImportedFrom());
      table.row("lacks", LACKING);
    }
    known(table, "quantisation", manifest.getQuantisation());
    known(table, "model sha256", model.getSha256());
    known(table, "tokenizer", manifest.getTokenizer());
    known(table, "corpus sha256", manifest.getCorpusSha256());
    table.row(
        "tokens",
        String.format(
            Locale.ROOT,
            "%,d in %,d sequences, protocol %s",
            trace.tokens(),
            trace.sequences().size(),
            manifest.getProtocol()));
    table.row("sites", String.join(", ", manifest.getSitesList()));
    trace
        .summary()
        .ifPresent(s -> table.row("saturated", Show.count(s.getSaturated()) + " values"));
    known(table, "producer", manifest.getProducer());
    return table;
  }

  /** What is known of a model's shape. */
  private static String shape(ModelShape model) {
    List<String> parts = new ArrayList<>();
    known(parts, "H %d", model.getHiddenSize());
    parts.add(units(model));
    known(parts, "L %d", model.getLayers());
    if (model.getHeads() > 0) {
      parts.add(
          String.format(Locale.ROOT, "heads %d (%d kv)", model.getHeads(), model.getKvHeads()));
    }
    known(parts, "vocabulary %d", model.getVocabularySize());
    return String.join(", ", parts);
  }

  private static void known(List<String> parts, String format, int value) {
    if (value > 0) {
      parts.add(String.format(Locale.ROOT, format, value));
    }
  }

  /** GLU units of the MLP, or experts with theirs, or both where layers differ. */
  private static String units(ModelShape model) {
    String mlp = "I " + model.getIntermediateSize();
    if (model.getExperts() == 0) {
      return mlp;
    }
    String experts =
        String.format(
            Locale.ROOT, "%d of %d experts", model.getExpertsPerToken(), model.getExperts());
    if (model.getExpertIntermediateSize() > 0) {
      experts += " of " + model.getExpertIntermediateSize();
    }
    int routed = RoutedLayers.count(model);
    return routed == model.getLayers()
        ? experts
        : experts + " in " + routed + " layers, " + mlp + " in the others";
  }

  private static void known(Table table, String name, String value) {
    if (!value.isEmpty()) {
      table.row(name, value);
    }
  }

  private static Table magnitudes(List<SiteStatistics> statistics) {
    Table table = new Table("layer", "site", "mean", "rms", "p50", "p90", "p99", "max", "zero");
    for (SiteStatistics s : statistics) {
      table.row(
          s.layer(),
          s.site().id(),
          Show.digits(s.meanAbsolute()),
          Show.digits(s.rootMeanSquare()),
          Show.digits(s.shape().percentiles().p50()),
          Show.digits(s.shape().percentiles().p90()),
          Show.digits(s.shape().percentiles().p99()),
          Show.digits(s.shape().max()),
          Show.percent(s.shape().zeroShare()));
    }
    return table;
  }
}
