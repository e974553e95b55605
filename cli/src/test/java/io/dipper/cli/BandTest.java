package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device whose numbers have ranges says at the command line. */
class BandTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir Path folder;

  private Path phone() throws IOException {
    return Files.writeString(
        folder.resolve("phone.yaml"),
        """
        flash:
          max_bandwidth: {value: 1 GB/s, from: datasheet, source: vendor}
          latency: {value: 100 us, range: [0.1, 1000]}
          lanes: 8
        dram:
          bandwidth: {value: 60 GB/s, range: [50, 61]}
        overlap: none
        """);
  }

  @Test
  void simulate_showsTheBandAndWhatDecidesTheVerdict() throws IOException {
    String point =
        "simulate --policy dip:density=0.5 --dram 60% --trace " + TRACE + " --hardware " + phone();
    assertThat(dipper(point.split(" ")).succeeds())
        .contains("over the ranges of 2 numbers of the device")
        .containsPattern(
            "against dense streaming, over the ranges of the device and the first 256 tokens: not"
                + " decided, 0\\.\\d\\d to \\d\\.\\d\\d: decided by flash.latency, which is assumed, 100 ns"
                + " to 1 ms; break-even at [\\d.]+ us, faster below it: measure flash.latency")
        .doesNotContain("every number is assumed");
    JsonNode json =
        new ObjectMapper().readTree(dipper((point + " --format json").split(" ")).succeeds());
    double speed = json.get("tokens_per_second").asDouble();
    assertThat(json.get("tokens_per_second_low").asDouble()).isLessThan(speed);
    assertThat(json.get("tokens_per_second_high").asDouble()).isGreaterThan(speed);
    assertThat(json.get("verdict").get("verdict").asText()).isEqualTo("not-decided");
    assertThat(json.get("verdict").get("decided_by").asText()).isEqualTo("flash.latency");
    assertThat(json.get("verdict").get("break_even").asDouble()).isBetween(1e-7, 1e-3);
  }

  @Test
  void aSweep_hasAVerdictForEveryPolicyUnderEqualConditions() throws IOException {
    Path sweep =
        Files.writeString(
            folder.resolve("sweep.yaml"),
            """
            hardware: [%s, paper]
            dram: [60%%, 80%%]
            policy: [dense, 'dip:density=0.5', 'dip-ca:density=0.5']
            """
                .formatted(phone()));
    Path results = folder.resolve("results");
    String said = dipper("sweep", sweep, "--trace", TRACE, "-o", results).succeeds();
    assertThat(said)
        .startsWith("paper: every number is assumed, none measured\n")
        .contains("  over the ranges of 2 numbers of the device: ")
        .containsPattern("  dip at 0.50 with (60|80)% of .*: (not decided|faster|slower)");
    assertThat(results.resolve("verdicts.csv"))
        .content()
        .startsWith(
            "point_id,hardware,accounting,policy,policy_params,cache,dense_point_id,tokens,ranges,"
                + "speedup,speedup_low,speedup_high,verdict,decided_by,unit,provenance,value_low,"
                + "value_high,break_even,faster_on\n")
        .hasLineCount(5)
        .doesNotContain(",paper,");
    assertThat(results.resolve("report.html")).content().contains("decided by flash.latency");
  }

  @Test
  void whereEveryNumberIsAssumed_theFirstLineSaysSo() {
    String note = "paper: every number is assumed, none measured\n";
    assertThat(
            dipper(
                    "simulate",
                    "--policy",
                    "dense",
                    "--dram",
                    "60%",
                    "--trace",
                    TRACE,
                    "--hardware",
                    "paper")
                .succeeds())
        .startsWith(note)
        .doesNotContain("over the range");
    assertThat(dipper("hardware", "validate", "paper").succeeds()).startsWith(note);
    assertThat(dipper("hardware", "validate", "apple-a18").succeeds())
        .startsWith("apple-a18: valid");
  }
}
