package io.dipper.cli;

import static io.dipper.cli.Bookworm.MODEL;
import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.OnOneJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calibration and predicted perplexities, as a user asks for them, on the embedded model. */
@OnOneJdk
class QualityTest {
  private static final String GRID =
      """
      accounting: paper
      hardware: [apple-a18]
      dram: [80%]
      policy:
      """;

  @TempDir private static Path shared;
  private static Path results;

  @TempDir private Path folder;

  @BeforeAll
  static void calibrate() throws IOException {
    Bookworm.record(shared.resolve("t.arrow"), "--sites", "x,glu").succeeds();
    results = sweep(shared, "", "  - dense\n  - dip: {density: [0.5, 0.7]}\n", "results");
    assertThat(dipper("calibrate", results, "--model", MODEL, "--runs", 1).succeeds())
        .contains("run live", "dip:density=0.5 ", "ln(perplexity / dense) = z +")
        .doesNotContain("NaN")
        .containsPattern("\napple-a18 by paper: (masks|dense)[^\n]+\n")
        .endsWith("quality.json\n");
  }

  @Test
  void aModelFromElsewhere_predictsAndIsCopied() throws IOException {
    Path other = shared.resolve("other.yaml");
    Files.writeString(other, "trace: t.arrow\n" + GRID + "  - dense\n  - dip: {density: 0.6}\n");
    Path quality = results.resolve("quality.json");
    Path out = folder.resolve("out");
    dipper("sweep", other, "--quality", quality, "-o", out).succeeds();
    assertThat(out.resolve("quality.json")).hasSameTextualContentAs(quality);
    assertThat(column(out, "perplexity_predicted", "dip")).isNotEmpty();
    assertThat(column(out, "perplexity_predicted", "dense")).isEmpty();

    Path plain = folder.resolve("plain");
    dipper("sweep", other, "-o", plain).succeeds();
    assertThat(plain.resolve("quality.json")).doesNotExist();
    assertThat(column(plain, "perplexity_predicted", "dip")).isEmpty();
  }

  @Test
  void aQualityFileThatIsNone_isNamed_beforeAnythingIsSimulated() throws IOException {
    Path sweep = shared.resolve("sweep.yaml");
    String good = Files.readString(results.resolve("quality.json"));
    Path out = folder.resolve("out");
    assertThat(dipper("sweep", sweep, "--quality", folder.resolve("no"), "-o", out).isRefused())
        .contains(folder.resolve("no").toString(), "does not exist");
    assertThat(refused(sweep, out, "{\"model\": ")).contains("is no quality model");
    assertThat(refused(sweep, out, "{}")).contains("calibrate again");
    assertThat(refused(sweep, out, good.replaceAll("\"input\": [0-9.E-]+", "\"input\": -1.0")))
        .contains("not above 0");
    assertThat(refused(sweep, out, anotherModels(good))).contains("was fitted on bookworm-3m, not");
    assertThat(out.resolve("points.csv")).doesNotExist();
    assertThat(out.resolve("quality.json")).doesNotExist();
  }

  @Test
  void anotherModelsFile_besideThePoints_isRefusedBeforeAnyRun() throws IOException {
    Path own = sweep(shared, "", "  - dense\n  - dip: {density: 0.7}\n", folder + "/own");
    String good = Files.readString(results.resolve("quality.json"));
    Files.writeString(own.resolve("quality.json"), anotherModels(good));
    assertThat(dipper("verify", own, "--budget", "+0.5", "--model", MODEL).isRefused())
        .contains("quality.json", "was fitted on bookworm-3m, not");
    Files.writeString(own.resolve("quality.json"), "[");
    assertThat(dipper("verify", own, "--budget", "+0.5", "--model", MODEL).isRefused())
        .contains("quality.json", "is no quality model");
    assertThat(dipper("report", own).isRefused()).contains("quality.json");
    assertThat(own.resolve("verify.csv")).doesNotExist();
  }

  @Test
  void calibrate_saysWhatIsWrong() throws IOException {
    Path missing = folder.resolve("missing");
    assertThat(dipper("calibrate", missing, "--model", MODEL).isRefused())
        .contains(missing.toString(), "holds no points");
    assertThat(dipper("calibrate", results, "--model", missing).isRefused())
        .contains(missing.toString());
    assertThat(dipper("calibrate", results, "--model", MODEL, "--runs", 0).isRefused())
        .contains("--runs 0");
    assertThat(dipper("calibrate", results, "--model", MODEL, "--text", missing).isRefused())
        .contains(missing.toString());
    Path dense = sweep(shared, "", "  - dense\n", folder + "/dense");
    assertThat(dipper("calibrate", dense, "--model", MODEL).isRefused())
        .contains(dense.toString(), "other than dense");
  }

  @Test
  void aTraceThatDoesNotTellTheEnergy_isNotCalibratedOn() throws IOException {
    Path trace = folder.resolve("gate.arrow");
    Bookworm.record(trace, "--sites", "gate").succeeds();
    Path swept = sweep(folder, "gate", "  - gate: {keep: 0.9}\n", "results");
    assertThat(dipper("calibrate", swept, "--model", MODEL).isRefused())
        .contains(swept.toString(), "glu site");
  }

  @Test
  void aBudgetBelowNothing_isRefused() {
    for (String budget : new String[] {"--budget=-0.1", "--budget=+0.1,-0.2", "--budget=NaN"}) {
      assertThat(dipper("verify", results, budget, "--model", MODEL).isRefused())
          .contains("--budget", "at least 0");
    }
    assertThat(dipper("verify", results, "--budget", "-0.1", "--model", MODEL).isRefused())
        .contains("--budget");
    assertThat(dipper("verify", results, "--budget=few", "--model", MODEL).isRefused())
        .contains("few");
    String[] none = {"verify", results.toString(), "--budget=+0.1", "--runs", "0"};
    assertThat(dipper((Object[]) none).isRefused()).contains("--runs 0");
  }

  private String refused(Path sweep, Path out, String quality) throws IOException {
    Path file = Files.writeString(folder.resolve("broken.json"), quality);
    String line = dipper("sweep", sweep, "--quality", file, "-o", out).isRefused();
    assertThat(line).contains(file.toString());
    return line;
  }

  private static String anotherModels(String quality) {
    return quality.replaceAll("\"modelSha256\": \"..", "\"modelSha256\": \"zz");
  }

  private static Path sweep(Path folder, String name, String policies, String output)
      throws IOException {
    Path file = folder.resolve(name + "sweep.yaml");
    String trace = name.isEmpty() ? "t" : name;
    Files.writeString(file, "trace: " + trace + ".arrow\n" + GRID + policies);
    Path out = folder.resolve(output);
    dipper("sweep", file, "-o", out).succeeds();
    return out;
  }

  /** A column of the only point of a policy. */
  private static String column(Path results, String column, String policy) throws IOException {
    String[] lines = Files.readString(results.resolve("points.csv")).split("\n", -1);
    int at = List.of(lines[0].split(",", -1)).indexOf(column);
    for (String line : lines) {
      String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      if (List.of(cells).contains(policy)) {
        return cells[at].strip();
      }
    }
    throw new AssertionError("no " + policy);
  }
}
