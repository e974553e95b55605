package io.dipper.cli;

import io.dipper.hwsim.synth.StatisticsFiles;
import io.dipper.hwsim.synth.SynthOptions;
import io.dipper.hwsim.synth.TraceSynthesizer;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The commands that replay, run once on a small made-up trace in a JVM that writes down which
 * classes it loads: the launcher makes an archive of them, from which later starts are quicker.
 */
final class Rehearsal {
  /** The system property that asks for it. */
  static final String PROPERTY = "dipper.rehearsal";

  private static final ModelShape MODEL =
      ModelShape.newBuilder()
          .setName("rehearsal")
          .setHiddenSize(64)
          .setIntermediateSize(192)
          .setLayers(2)
          .setHeads(4)
          .setKvHeads(2)
          .setHeadDim(16)
          .setVocabularySize(256)
          .build();
  private static final List<String> POLICIES =
      List.of("dense", "dip:density=0.5", "dip-ca:density=0.5", "cats:keep=0.5");
  private static final String SWEEP =
      """
      trace: t.arrow
      hardware: [apple-a18]
      dram: [75%]
      policy: [dense, dip: {density: 0.5}]
      """;

  private final Path folder;
  private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /** Runs it in a folder of its own, which is gone afterwards. A command that fails is left out. */
  static void run() {
    try {
      Path folder = Files.createTempDirectory("dipper-rehearsal-");
      try {
        new Rehearsal(folder).commands();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void commands() throws IOException {
    Path trace = folder.resolve("t.arrow");
    SynthOptions options =
        new SynthOptions(MODEL, 128, 64, Set.of(Site.X, Site.GLU), 1, "dipper rehearsal");
    new TraceSynthesizer(options, StatisticsFiles.bundled(options.shape()))
        .write(trace, 1, Progress.SILENT);
    dipper("--help");
    dipper("inspect", trace);
    for (String policy : POLICIES) {
      dipper(onDevice("simulate", "--trace", trace, "--policy", policy, "--dram", "75%"));
    }
    Path sweep = folder.resolve("sweep.yaml");
    Files.writeString(sweep, SWEEP);
    dipper("sweep", sweep, "-o", folder.resolve("results"));
  }

  private static Object[] onDevice(Object... words) {
    return Stream.concat(Stream.of(words), Stream.of("--hardware", "apple-a18")).toArray();
  }

  private void dipper(Object... words) {
    Main.run(nowhere, nowhere, Stream.of(words).map(String::valueOf).toArray(String[]::new));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
