package io.dipper.cli;

import static io.dipper.cli.Bookworm.MODEL;
import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after another, as a user would run them, on the embedded model. */
class EndToEndTest {
  private static final Path GOLDEN = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  @Test
  void aTextBecomesATrace_aSweepAndAReport() throws IOException {
    Path trace = folder.resolve("t.arrow");
    assertThat(Bookworm.record(trace, "--sites", "x,glu").succeeds())
        .contains("256 tokens in 2 sequences");

    assertThat(dipper("inspect", trace).succeeds())
        .contains("H 192, I 512, L 6", "disjoint-128", "x, glu", "|glu| of all layers");

    Path sweep = folder.resolve("sweep.yaml");
    Files.writeString(
        sweep,
        """
        trace: t.arrow
        accounting: paper
        hardware: [paper, apple-a18]
        dram: [80%]
        policy:
          - dense
          - dip: {density: [0.5, 0.7]}
        """);
    Path results = folder.resolve("results");
    assertThat(dipper("sweep", sweep, "-o", results).succeeds())
        .startsWith("paper: every number is assumed, none measured\n6 points");
    assertThat(results.resolve("points.csv")).content().hasLineCount(7);
    assertThat(results.resolve("report.html")).isNotEmptyFile();

    assertThat(dipper("sweep", sweep, "-o", results).isRefused()).contains("--resume");
    assertThat(dipper("sweep", sweep, "-o", results, "--resume").succeeds())
        .contains("\n6 points, 6 of them from before");
    assertThat(dipper("report", results).succeeds().strip())
        .isEqualTo(results.resolve("report.html").toString());

    assertThat(dipper("verify", results).isRefused()).contains("--model");
    String verified = dipper("verify", results, "--points", "all", "--model", MODEL).succeeds();
    assertThat(verified).contains("disjoint-128", "dip:density=0.5");
    assertThat(results.resolve("verify.csv")).content().hasLineCount(7);
    assertThat(dipper("verify", results, "--budget", "+50", "--model", MODEL).succeeds())
        .contains("apple-a18 by paper", "dense stream", "+50.0", "fastest");
    assertThat(dipper("verify", results, "--points", "xyz", "--model", MODEL).isRefused())
        .contains("'xyz'");
  }

  @Test
  void aPolicyWhoseSiteWasNotRecorded_saysHowToRecordIt() {
    Path trace = folder.resolve("t.arrow");
    Bookworm.record(trace, "--sites", "x").succeeds();
    assertThat(simulate(trace, "gate:keep=0.5").isRefused()).contains("'gate'", "--sites");
  }

  @Test
  void theTrace_isTheSameForAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one.arrow");
    Path three = folder.resolve("three.arrow");
    Bookworm.record(one, "--threads", 1).succeeds();
    Bookworm.record(three, "--threads", 3).succeeds();
    assertThat(three).hasSameBinaryContentAs(one);
  }

  @Test
  void simulate_givesTheSameNumbersInEveryForm() throws IOException {
    JsonNode json = new ObjectMapper().readTree(simulate(GOLDEN, "dip:density=0.5", "json"));
    String[] csv = simulate(GOLDEN, "dip:density=0.5", "csv").split("\n");
    assertThat(csv).hasSize(2);
    assertThat(csv[0]).startsWith("point_id,trace,model,hardware,accounting,policy,");
    assertThat(csv[1]).startsWith(json.get("point_id").asText() + ",bookworm.arrow,");
    assertThat(csv[1]).contains("," + json.get("hits_h").asText() + ",");
    assertThat(json.get("hits_x_by_layer")).hasSize(6);
    for (String axis : List.of("x", "h")) {
      JsonNode layers = json.get("retained_energy_" + axis + "_by_layer");
      assertThat(layers).hasSize(6);
      double sum = 0;
      for (JsonNode layer : layers) {
        sum += layer.asDouble();
      }
      assertThat(sum / 6).isCloseTo(json.get("retained_energy_" + axis).asDouble(), within(1e-12));
    }
    assertThat(simulate(GOLDEN, "dip:density=0.5", "table")).contains("tokens/s", "hit rate");
  }

  @Test
  void theDemo_doesTheWholeJobAndCanBeRunAgain() {
    Path demo = folder.resolve("demo");
    String first = dipper("demo", "-o", demo, "--quiet").succeeds();
    assertThat(first)
        .contains("dense", "dip-ca:density=", "predicted from 6 live runs")
        .contains(demo.resolve("report.html").toString());
    assertThat(demo.resolve("verify.csv")).isNotEmptyFile();
    assertThat(demo.resolve("quality.json")).isNotEmptyFile();
    assertThat(dipper("demo", "-o", demo, "--quiet").succeeds()).isEqualTo(first);
  }

  @Test
  void theListsOfWhatThereIs_holdTheirNames() {
    assertThat(dipper("policies").succeeds()).contains("dip-ca", "belady");
    assertThat(dipper("policies", "show", "dip-ca").succeeds()).contains("gamma", "0.2");
    assertThat(dipper("hardware").succeeds()).contains("apple-a18", "raspberry-pi-5");
    assertThat(dipper("hardware", "show", "paper").succeeds()).contains("60 GB/s");
    assertThat(dipper("hardware", "validate", "paper").succeeds()).contains("valid");
    assertThat(dipper("models").succeeds()).contains("smollm2-135m-instruct");
    assertThat(dipper("models", "show", MODEL).succeeds()).contains("llama.block_count");
  }

  private static Run simulate(Path trace, String policy) {
    return dipper(
        "simulate", "--trace", trace, "--hardware", "paper", "--policy", policy, "--dram", "90%");
  }

  private static String simulate(Path trace, String policy, String format) {
    return dipper(
            "simulate",
            "--trace",
            trace,
            "--hardware",
            "paper",
            "--accounting",
            "paper",
            "--policy",
            policy,
            "--dram",
            "90%",
            "--format",
            format)
        .succeeds();
  }
}
