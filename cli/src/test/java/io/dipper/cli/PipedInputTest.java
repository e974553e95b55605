package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import io.dipper.trace.Sha256;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that come through a pipe or standard input are read once, and are what files are. */
@DisabledOnOs(OS.WINDOWS)
class PipedInputTest {
  private static final Path IDS = SharedData.testdata("golden/bookworm.ids.i32le");
  private static final Path GOLDEN = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  @Test
  void textAndIds_fromAPipeOrStandardInput_giveTheTraceOfTheFile() throws Exception {
    for (String option : new String[] {"--text", "--ids"}) {
      Path input = option.equals("--text") ? Bookworm.TEXT : IDS;
      Path file = record(option, input, "file");
      Path pipe = feed(input);
      Path piped = record(option, pipe, "pipe");
      Path standard;
      InputStream before = System.in;
      try (InputStream in = Files.newInputStream(input)) {
        System.setIn(in);
        standard = record(option, "-", "stdin");
      } finally {
        System.setIn(before);
      }
      assertThat(corpusSha256(file)).isEqualTo(Sha256.of(input));
      assertThat(piped).hasSameBinaryContentAs(file);
      assertThat(standard).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void sweepsProfilesAndCurves_areReadFromAPipeToo() throws Exception {
    Path curve = SharedData.testdata("../docs/curves/oneplus-15r.csv");
    assertThat(dipper("hardware", "fit", feed(curve)).succeeds()).contains("RMS residual");
    Path profile = Files.writeString(folder.resolve("p.yaml"), "extends: paper\n");
    assertThat(dipper("hardware", "show", feed(profile)).succeeds()).contains("max_bandwidth");
    Path grid =
        Files.writeString(
            folder.resolve("s.yaml"),
            "accounting: paper\nhardware: [paper]\ndram: [90%]\npolicy: [dense]\n");
    Path results = folder.resolve("results");
    dipper("sweep", feed(grid), "--trace", GOLDEN, "-q", "-o", results).succeeds();
    assertThat(results.resolve("points.csv")).exists();
  }

  @Test
  void modelsAndTraces_areReadInPlace_soAPipeIsRefusedBeforeItIsOpened() throws Exception {
    Path pipe = pipe("pipe");
    assertThat(dipper("models", "show", pipe).isRefused())
        .isEqualTo(
            "dipper: "
                + pipe
                + ": is a pipe or a device, and a model is read in place; write it to a file");
    assertThat(dipper("inspect", pipe, "-q").isRefused()).contains("a trace is read in place");
    Path out = folder.resolve("t.arrow");
    assertThat(dipper("trace", "--model", pipe, "--ids", IDS, "-q", "-o", out).isRefused())
        .contains("a model is read in place");
    assertThat(out).doesNotExist();
  }

  private Path record(String option, Object input, String name) {
    Path out = folder.resolve(name + option + ".arrow");
    dipper(
            "trace",
            "--model",
            Bookworm.MODEL,
            option,
            input,
            "--tokens",
            128,
            "--block",
            128,
            "-q",
            "-o",
            out)
        .succeeds();
    return out;
  }

  private static String corpusSha256(Path trace) {
    try (TraceReader reader = TraceReader.open(trace)) {
      return reader.manifest().getCorpusSha256();
    }
  }

  /** A pipe through which a file comes, once. */
  private Path feed(Path file) throws Exception {
    Path pipe = pipe(file.getFileName() + ".pipe.yaml");
    CompletableFuture.runAsync(
        () -> {
          try (var out = Files.newOutputStream(pipe)) {
            Files.copy(file, out);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    return pipe;
  }

  private Path pipe(String name) throws Exception {
    Path pipe = folder.resolve(name);
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    Assumptions.assumeTrue(made.waitFor() == 0, "skipped: this system makes no pipes");
    return pipe;
  }
}
