package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No command writes over what it reads, whatever the option and the spelling. */
@DisabledOnOs(OS.WINDOWS)
class OutputsTest {
  private static final Path GOLDEN = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;
  private Path model = Path.of("");
  private Path text = Path.of("");
  private Path trace = Path.of("");

  @BeforeEach
  void copyInputs() throws IOException {
    model = Files.copy(Bookworm.MODEL, folder.resolve("m.gguf"));
    text = Files.copy(Bookworm.TEXT, folder.resolve("t.txt"));
    trace = Files.copy(GOLDEN, folder.resolve("t.arrow"));
  }

  @Test
  void trace_writesOverNeitherModelNorText() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("m.gguf"));
    Path hard = Files.createLink(folder.resolve("hard"), text);
    for (Path output : new Path[] {model, link, text, hard, folder.resolve("./t.txt")}) {
      assertKept(
          "is read (--",
          "trace --force --model " + model + " --text " + text + " --tokens 256 -o " + output);
    }
    Path partial = Files.move(text, folder.resolve("new.arrow.partial"));
    assertKept(
        "is read (--text",
        "trace --model " + model + " --text " + partial + " -o " + folder.resolve("new.arrow"));
  }

  @Test
  void trace_writesOverNoOtherPartOfItsModel_norOverWhatALinkInItsFolderLeadsTo()
      throws IOException {
    Path first = Files.move(model, folder.resolve("m[1]-00001-of-00002.gguf"));
    Path second = Files.copy(first, folder.resolve("m[1]-00002-of-00002.gguf"));
    String of = " --text " + text + " --tokens 256 -o ";
    assertKept("is read (--model", "trace --force --model " + first + of + second);

    Path blob = Files.writeString(folder.resolve("blob"), "weights");
    Path directory = Files.createDirectory(folder.resolve("snapshot"));
    Files.createSymbolicLink(directory.resolve("model.safetensors"), blob);
    assertKept("is read (--model", "trace --force --model " + directory + of + blob);
  }

  @Test
  void simulate_writesOverNeitherTraceNorProfile_norTwice() throws IOException {
    Path profile = Files.writeString(folder.resolve("p.yaml"), "extends: q.yaml\n");
    Path parent =
        Files.writeString(
            folder.resolve("q.yaml"), "extends: paper\ndram:\n  bandwidth: 68 GB/s\n");
    Path ledger = folder.resolve("l.csv");
    String of = "simulate --dram 90% --hardware " + profile + " --trace " + trace;
    assertKept("(--trace", of + " --policy dense --ledger " + trace);
    assertKept("(--trace", of + " --policy dense --timeline " + folder.resolve("./t.arrow"));
    assertKept("(--hardware", of + " --policy dense --ledger " + parent);
    Files.writeString(parent, "extends: paper\n"); // read, though no value is from it
    assertKept("(--hardware", of + " --policy dense --ledger " + parent);
    assertKept(
        "written twice", of + " --policy dense --ledger " + ledger + " --timeline " + ledger);
    assertKept("(--trace", of + " --policy dense --accesses " + trace);
    Path calibration = Files.copy(trace, folder.resolve("c.arrow"));
    assertKept(
        "(--policy",
        of + " --policy teal:density=0.5,calibration=" + calibration + " --ledger " + calibration);
    assertKept("is a model or a trace", of + " --policy dense --ledger " + model);
  }

  @Test
  void synth_writesOverNeitherItsPatternNorTwice() {
    assertKept("(--like", "synth --force --like " + trace + " --tokens 64 -o " + trace);
    assertKept(
        "written twice",
        "synth --like "
            + trace
            + " --tokens 64 -o "
            + folder.resolve("s.json")
            + " --statistics "
            + folder.resolve("s.json"));
  }

  @Test
  void fit_writesOverNeitherCurveNorParent_andReplacesOnlyByForce() throws IOException {
    Path curve =
        Files.copy(SharedData.testdata("../docs/curves/oneplus-15r.csv"), folder.resolve("c.yaml"));
    Path parent =
        Files.writeString(
            folder.resolve("q.yaml"), "extends: paper\ndram:\n  bandwidth: 68 GB/s\n");
    assertKept("is read (", "hardware fit --force " + curve + " -o " + curve);
    assertKept(
        "(--extends", "hardware fit --force " + curve + " --extends " + parent + " -o " + parent);
    assertKept("--force replaces it", "hardware fit " + curve + " -o " + parent);
    dipper("hardware", "fit", curve, "--force", "-o", parent).succeeds();
    assertThat(parent).content().contains("RMS residual");
  }

  @Test
  void resultFolders_areWrittenOverNothingThatIsRead() throws IOException {
    Path results = folder.resolve("results");
    String grid = "accounting: paper\nhardware: [paper]\ndram: [90%]\npolicy: [dense]\n";
    Path sweep = Files.writeString(folder.resolve("s.yaml"), grid);
    Files.createDirectories(results);
    Path resolved = Files.copy(sweep, results.resolve("sweep.resolved.yaml"));
    assertKept("(SWEEP", "sweep " + resolved + " --trace " + trace + " -o " + results);
    Path named = Files.copy(trace, results.resolve("points.parquet"));
    assertKept("(--trace", "sweep " + sweep + " --trace " + named + " -o " + results);
    Files.delete(named);
    Path groups = Files.copy(trace, results.resolve("groups.csv"));
    assertKept("(--trace", "sweep " + sweep + " --trace " + groups + " -o " + results);
    Files.delete(groups);
    Files.delete(resolved);
    dipper("sweep", sweep, "--trace", trace, "-q", "-o", results).succeeds();
    Path points = results.resolve("points.csv");
    String verify = "verify " + results + " --model " + model + " --points all ";
    assertKept("(--text", verify + "--text " + points);
    Files.createDirectories(results.resolve("live"));
    Path inside = Files.copy(text, results.resolve("live/dense.scratch"));
    assertKept("lies in", verify + "--text " + inside);
    Path report = results.resolve("report.html");
    Files.delete(report);
    Files.createLink(report, points);
    assertKept("would be written over", "report " + results);
  }

  @Test
  void demo_leavesTheResultsOfOthersAlone() throws IOException {
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(results.resolve("points.csv"), "point_id\n");
    assertKept("no demo's", "demo -o " + results);
  }

  @Test
  void recordings_areReplacedOnlyByForce() throws IOException {
    Path out = Files.copy(GOLDEN, folder.resolve("mine.txt"));
    assertThat(Bookworm.record(out, "--sites", "x").isRefused())
        .isEqualTo("dipper: " + out + ": is there already; --force replaces it");
    assertThat(dipper("synth", "--like", trace, "--tokens", 64, "-q", "-o", out).isRefused())
        .contains("--force");
    assertThat(out).hasSameBinaryContentAs(GOLDEN);
    dipper("synth", "--like", trace, "--tokens", 64, "-q", "--force", "-o", out).succeeds();
    assertThat(dipper("inspect", out, "-q").succeeds()).contains("(synthetic)");
  }

  @Test
  void force_andWhatIsReplacedInPassing_replaceFilesOfTheirOwnKindOnly() throws IOException {
    Path other = Files.copy(model, folder.resolve("other.gguf"));
    Path notes = Files.writeString(folder.resolve("notes.csv"), "my,notes\n1,2\n");
    Path yaml = Files.writeString(folder.resolve("sweep.yaml"), "policy: [dense]\n");
    Path json = Files.writeString(folder.resolve("notes.json"), "{\"mine\": 1}\n");
    String of = "trace --force --model " + model + " --text " + text + " --tokens 256 -o ";
    assertKept("is not a trace", of + other);
    assertKept("is not a trace", of + notes);
    String synth = "synth --force --like " + trace + " --tokens 64 ";
    assertKept("is not a trace", synth + "-o " + other);
    assertKept("is not a file of statistics", synth + "--statistics " + json);
    String point = "simulate --dram 90% --hardware paper --policy dense --trace " + trace;
    assertKept("is not a ledger", point + " --ledger " + notes);
    assertKept("is not a timeline", point + " --timeline " + notes);
    assertKept("is not a file of tokens", point + " --tokens-out " + notes);
    assertKept("is not a log of accesses", point + " --accesses " + notes);
    Path table = Files.writeString(folder.resolve("table.parquet"), "PAR1 of somebody else PAR1");
    assertKept("is not a log of accesses", point + " --accesses " + table);
    Path curve = SharedData.testdata("../docs/curves/oneplus-15r.csv");
    assertKept("is not a hardware profile", "hardware fit --force " + curve + " -o " + yaml);
    assertKept("is not a trace", of + model.resolveSibling("sweep.yaml"));
  }

  @Test
  void ownKind_isReplacedByASecondRun() throws IOException {
    Path ledger = folder.resolve("l.csv");
    Path timeline = folder.resolve("t.pftrace");
    Path statistics = folder.resolve("s.json");
    Path tokens = folder.resolve("tokens.csv");
    List<Path> accesses = List.of(folder.resolve("a.csv"), folder.resolve("a.parquet"));
    String dense = "simulate --dram 90% --hardware paper --policy dense -q --trace " + trace;
    for (int run = 0; run < 2; run++) {
      for (Path log : accesses) {
        dipper((Object[]) (dense + " --accesses " + log).split(" ")).succeeds();
      }
      dipper(
              "simulate",
              "--trace",
              trace,
              "--hardware",
              "paper",
              "--policy",
              "dense",
              "--dram",
              "90%",
              "--ledger",
              ledger,
              "--timeline",
              timeline,
              "--tokens-out",
              tokens,
              "-q")
          .succeeds();
      dipper("synth", "--like", trace, "--statistics", statistics, "-q").succeeds();
    }
    assertThat(ledger).content().startsWith("token,sequence,layer,");
    assertThat(tokens).content().startsWith("token,selected,");
  }

  /** The line says what; every file has the bytes that it had, and none is new. */
  private void assertKept(String what, String command) {
    String before = contents();
    String line = dipper((Object[]) (command + quiet(command)).split(" ")).isRefused();
    assertThat(line).contains(what);
    assertThat(contents()).as(line).isEqualTo(before);
  }

  private static String quiet(String command) {
    return command.matches("(hardware|report) .*") ? "" : " -q";
  }

  private String contents() {
    try (var files = Files.walk(folder)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        all.append(file);
        if (Files.isRegularFile(file)) {
          all.append(' ').append(Arrays.hashCode(Files.readAllBytes(file)));
        }
        all.append('\n');
      }
      return all.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
