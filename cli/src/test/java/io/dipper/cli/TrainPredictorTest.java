package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.OnOneJdk;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnOneJdk
class TrainPredictorTest {
  private static final Path IDS = SharedData.testdata("golden/bookworm-heldout.ids.i32le");

  @TempDir private Path folder;

  /** Trained on even blocks and judged on odd ones, beside an independent implementation. */
  @Test
  void rank32_findsAndKeepsWhatTheReferenceDoes() throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(SharedData.testdata("golden/learned.json").toFile());
    JsonNode expected = golden.path("predictors").path("points").get(1);
    assertThat(expected.path("rank").asInt()).isEqualTo(32);
    Path train = record("train.arrow", "1/2", 16384);
    Path test = record("test.arrow", "2/2", 16384);
    Path predictor = folder.resolve("p.safetensors");
    String printed =
        Run.dipper(
                "train",
                "predictor",
                "--trace",
                train,
                "--rank",
                32,
                "--held-out",
                "5%",
                "-o",
                predictor)
            .succeeds();
    double recall = Double.parseDouble(word(printed, "mean", 2));
    assertThat(recall).isGreaterThan(expected.path("recall").asDouble() - 0.01);
    assertThat(folder.resolve("p.safetensors.layers")).doesNotExist();

    Path sweep = folder.resolve("s.yaml");
    Files.writeString(
        sweep,
        """
        hardware: [raspberry-pi-5]
        dram: [80%]
        cache: [lfu]
        policy:
          - predictive: {predictor: p.safetensors, keep: 0.5}
          - glu-oracle: {keep: 0.5}
        """);
    Path results = folder.resolve("results");
    Run.dipper("sweep", sweep, "--trace", test, "-o", results).succeeds();
    Run.dipper(
            "verify",
            results,
            "--model",
            Bookworm.MODEL,
            "--ids",
            IDS,
            "--part",
            "2/2",
            "--tokens",
            16384,
            "--points",
            "all")
        .succeeds();
    List<String> rows = Files.readAllLines(results.resolve("verify.csv"));
    assertThat(perplexity(rows, "predictive"))
        .isLessThan(1.01 * expected.path("perplexity").asDouble());
    assertThat(perplexity(rows, "glu-oracle"))
        .isBetween(43.868, 44.309); // golden 44.088, within 0.5 %
  }

  @Test
  void whatCannotBe_isOneLine() throws IOException {
    Path trace = record("t.arrow", "1/2", 512);
    Path out = folder.resolve("p.safetensors");
    assertThat(Run.dipper("train").isRefused()).contains("dipper train predictor");
    assertThat(train(trace, out, "--rank", "0").isRefused()).contains("--rank 0");
    assertThat(train(trace, out, "--keep", "150%").isRefused()).contains("150%");
    assertThat(train(trace, out, "--target", "x").isRefused()).contains("glu, gate or up");
    assertThat(train(trace, out, "--target", "up").isRefused()).contains("'up' was not recorded");
    assertThat(train(folder.resolve("none"), out, "--rank", "4").isRefused()).contains("none");
    assertThat(out).doesNotExist();
    train(trace, out, "--rank", "4", "--passes", "1").succeeds();
    assertThat(train(trace, out, "--rank", "4").isRefused()).contains("--force");
    train(trace, out, "--rank", "5", "--passes", "1", "--force").succeeds();
    Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(train(trace, other, "--rank", "4", "--force").isRefused()).contains("notes.txt");
    assertThat(other).hasContent("mine");
  }

  @Test
  void aPredictorOfAnotherShape_isRefusedByAPolicy() throws IOException {
    Path trace = record("t.arrow", "1/2", 512);
    Path out = folder.resolve("p.safetensors");
    train(trace, out, "--rank", "4", "--passes", "1").succeeds();
    String refused =
        Run.dipper(
                "simulate",
                "--trace",
                SharedData.testdata("golden/bookworm.arrow"),
                "--hardware",
                "raspberry-pi-5",
                "--dram",
                "80%",
                "--policy",
                "predictive:keep=0.5,predictor=" + cut(out))
            .isRefused();
    assertThat(refused).contains("cut.safetensors");
  }

  private static Path cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(
        file.resolveSibling("cut.safetensors"), Arrays.copyOf(bytes, bytes.length - 1));
  }

  private static Run train(Path trace, Path out, String... more) {
    Object[] all = new Object[6 + more.length];
    List<Object> first = List.of("train", "predictor", "--trace", trace, "-o", out);
    for (int i = 0; i < all.length; i++) {
      all[i] = i < 6 ? first.get(i) : more[i - 6];
    }
    return Run.dipper(all);
  }

  private Path record(String name, String part, int tokens) {
    Path trace = folder.resolve(name);
    Run.dipper(
            "trace",
            "--model",
            Bookworm.MODEL,
            "--ids",
            IDS,
            "--block",
            256,
            "--part",
            part,
            "--tokens",
            tokens,
            "--sites",
            "x,glu",
            "-o",
            trace)
        .succeeds();
    return trace;
  }

  private static double perplexity(List<String> rows, String policy) {
    int column = List.of(rows.get(0).split(",")).indexOf("perplexity");
    String row =
        rows.stream().filter(r -> r.contains("," + policy + ",")).findFirst().orElseThrow();
    // The one quoted field is the third, and has its own commas.
    String flat = row.replaceFirst("\"\\{.*\\}\"", "params");
    return Double.parseDouble(flat.split(",")[column]);
  }

  private static String word(String printed, String row, int index) {
    String line = printed.lines().filter(l -> l.strip().startsWith(row)).findFirst().orElseThrow();
    return line.strip().split("\\s+")[index];
  }
}
