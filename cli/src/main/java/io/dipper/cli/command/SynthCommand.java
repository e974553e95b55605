package io.dipper.cli.command;

import io.dipper.cache.UserCache;
import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.study.result.Version;
import io.dipper.hwsim.synth.FittedStatistics;
import io.dipper.hwsim.synth.RouterMeasures;
import io.dipper.hwsim.synth.SiteMeasures;
import io.dipper.hwsim.synth.StatisticsFiles;
import io.dipper.hwsim.synth.StatisticsFitter;
import io.dipper.hwsim.synth.SynthOptions;
import io.dipper.hwsim.synth.TraceSynthesizer;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.ModelShape;
import io.dipper.proto.RouterMeasure;
import io.dipper.proto.SiteMeasure;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dipper synth}: a synthetic trace of any shape, and how well it matches a real one. */
@Command(
    name = "synth",
    description = "Draws a synthetic trace of any shape, like a recorded one.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  dipper synth --shape llama-3-8b --tokens 512 --seed 1 -o synth.arrow",
      "  dipper synth --shape phi-3-medium --like t.arrow --tokens 4096 --seed 1 -o synth.arrow",
      "  dipper synth --shape qwen3-30b-a3b --like moe.arrow --tokens 4096 -o synth.arrow",
      "  dipper synth --like t.arrow --statistics t.json",
      "",
      "A synthetic trace is for capacity planning and benchmarks. It is marked as such, and has no",
      "perplexity. Its statistics are those of --like; the table that is printed compares the two."
    })
public final class SynthCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private ForceOption force;

  @Option(
      names = "--shape",
      completionCandidates = KnownNames.OfShapes.class,
      paramLabel = "MODEL",
      description = "A shape by its name, see 'dipper models shapes' (default: that of --like).")
  private @Nullable String shape;

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description =
          "A recorded or imported trace, or a .json that --statistics wrote (default: statistics of"
              + " SmolLM2-135M, with experts of bookworm-moe, that ship with Dipper).")
  private @Nullable Path like;

  @Option(names = "--tokens", paramLabel = "N", description = "How many tokens.")
  private @Nullable Integer tokens;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "Tokens of a sequence (default: 2048, or all if fewer).")
  private @Nullable Integer block;

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description =
          "Of x, gate, up, glu, router, those to draw (default: x,glu; of a shape with experts"
              + " router).")
  private @Nullable Set<Site> sites;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The trace to write.")
  private @Nullable Path output;

  @Option(
      names = "--statistics",
      paramLabel = "FILE",
      description =
          "Write the statistics of --like, in brief, as .json, replaced if it is there; no trace is needed then.")
  private @Nullable Path statistics;

  @Override
  public void run() {
    check();
    new CommandFiles()
        .reads("--like", like)
        .writes("-o", output)
        .writes("--statistics", statistics)
        .check();
    try (ShownProgress progress = run.progress()) {
      if (statistics != null) {
        StatisticsFiles.write(summary(progress), statistics);
      }
      if (output != null) {
        draw(output, progress);
      }
    }
  }

  private void check() {
    if (output == null && statistics == null) {
      throw wrong("nothing to write; give -o FILE");
    }
    if (statistics != null && (like == null || StatisticsFiles.isStatistics(like))) {
      throw wrong("--statistics needs the recorded trace to measure: --like FILE");
    }
    if (statistics != null
        && !StatisticsFiles.isStatistics(statistics)
        && !OutputFile.isPipeOrDevice(statistics)) {
      throw wrong("--statistics " + statistics + ": its name must end in .json");
    }
    if (output != null && tokens == null) {
      throw wrong("how many tokens? give --tokens N");
    }
    if (output != null && shape == null && (like == null || StatisticsFiles.isStatistics(like))) {
      throw wrong("which shape? give --shape MODEL (dipper models shapes)");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private ActivationStatistics summary(Progress progress) {
    try (TraceReader trace = recorded()) {
      return StatisticsFitter.summarise(trace, run.threads(), progress);
    }
  }

  /** The trace of {@code --like}: a real one. */
  private TraceReader recorded() {
    if (like == null) {
      throw new IllegalStateException("checked before");
    }
    TraceReader trace = TraceReader.open(like);
    if (trace.manifest().getSynthetic()) {
      trace.close();
      throw UserException.in(like, "is synthetic itself; give a recorded trace");
    }
    return trace;
  }

  private void draw(Path file, ShownProgress progress) {
    ActivationStatistics reference = drawn(file, progress);
    try (TraceReader drawn = TraceReader.open(file)) {
      List<SiteMeasure> measures = SiteMeasures.of(drawn, run.threads(), progress);
      Optional<RouterMeasure> routers = RouterMeasures.of(drawn, run.threads(), progress);
      progress.close();
      spec.commandLine()
          .getOut()
          .printf(
              "%s (synthetic): %s tokens like %s (%s tokens)%n",
              output,
              Show.count(drawn.tokens()),
              reference.getSource(),
              Show.count(reference.getTokens()));
      print(reference, measures);
      routers.ifPresent(measure -> print(reference, measure));
    }
  }

  /** Draws the trace, and returns what it is drawn like. */
  private ActivationStatistics drawn(Path file, ShownProgress progress) {
    try (OutputFile target = OutputFile.recording(file, force.existing())) {
      return drawn(target, progress);
    }
  }

  private ActivationStatistics drawn(OutputFile target, ShownProgress progress) {
    ActivationStatistics reference;
    ModelShape of;
    if (like == null) {
      of = named();
      reference = StatisticsFiles.bundled(of);
    } else if (StatisticsFiles.isStatistics(like)) {
      reference = StatisticsFiles.read(like);
      of = named();
    } else {
      try (TraceReader trace = recorded()) {
        of = shape == null ? anonymous(trace.model()) : named();
        checkSites(of, trace.sites(), like);
        TraceSynthesizer.requireRoom(target.path(), options(of, ""));
        reference = new FittedStatistics(UserCache.current()).of(trace, run.threads(), progress);
      }
    }
    new TraceSynthesizer(options(of, reference.getSource()), reference)
        .write(target, run.threads(), progress);
    return reference;
  }

  private ModelShape named() {
    if (shape == null) {
      throw new IllegalStateException("checked before");
    }
    return ModelShapes.find(shape).shape();
  }

  /** A shape of which no file is claimed. */
  private static ModelShape anonymous(ModelShape recorded) {
    return recorded.toBuilder().clearSha256().build();
  }

  private void checkSites(ModelShape of, Set<Site> recorded, Path file) {
    Set<Site> wanted = sites(of);
    boolean product = wanted.contains(Site.GATE) && wanted.contains(Site.UP);
    boolean chosen = recorded.contains(Site.EXPERTS);
    for (Site site : wanted) {
      if (!recorded.contains(site)
          && !(product && site == Site.GLU)
          && !(chosen && site == Site.ROUTER)) {
        throw UserException.in(
            file,
            "has no site "
                + site.id()
                + "; leave it out of --sites, or record it (dipper trace --sites)");
      }
    }
  }

  private Set<Site> sites(ModelShape of) {
    return sites == null ? SynthOptions.usualSites(of) : EnumSet.copyOf(sites);
  }

  private SynthOptions options(ModelShape of, String source) {
    int count = tokens == null ? 0 : tokens;
    int length = block == null ? Math.min(count, SynthOptions.DEFAULT_BLOCK) : block;
    String producer =
        String.format(
            Locale.ROOT, "dipper %s, synth like %s, seed %d", Version.current(), source, seed);
    return new SynthOptions(of, count, length, sites(of), seed, producer);
  }

  private void print(ActivationStatistics reference, List<SiteMeasure> measures) {
    if (measures.isEmpty()) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    FitTable.of(reference.getMeasuresList(), measures).print(out);
    out.printf(
        "%n|v|: mean over layers of its quantiles; tail: p99.9 / p50; lag 1: autocorrelation of"
            + " magnitudes;%ntop N/k: share of the largest N/k that stay from token to token; lru,"
            + " lfu: hit rates of DIP at density 0.5, caches of 40%%%n");
  }

  private void print(ActivationStatistics reference, RouterMeasure measure) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    FitTable.of(reference.getRouters(), measure).print(out);
    out.printf(
        "%nrepeated: share of a token's experts that the token before had; entropy: of how often"
            + " experts are%nchosen, 1 where all equally; first: share of the first expert's weight"
            + " among the k; lru, lfu: hit rates%nof caches of so many experts for each layer%n");
    if (reference.getLayersList().stream().anyMatch(l -> l.getRouter().getChosenOnly())) {
      out.printf(
          "%nThe reference holds the chosen experts alone: the logits of others are normals that"
              + " choose like it, so ask%nrouter and drop-cold of this trace, and of others"
              + " little.%n");
    }
  }
}
