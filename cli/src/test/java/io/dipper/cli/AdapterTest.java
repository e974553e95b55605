package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterTest {
  private static final Path ADAPTER = SharedData.testdata("adapters/bookworm-random");
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  @Test
  void asAKeyOfASweep_itIsAnotherPoint_thatCostsMemoryAndTime_andIsRunLive() throws IOException {
    Path results = sweep("[none, '%1$s', 'fused:%1$s']".formatted(ADAPTER));
    List<String> points = Files.readAllLines(results.resolve("points.csv"));
    assertThat(points).hasSize(4);
    assertThat(Files.readString(results.resolve("report.html")))
        .as("points that differ in an adapter are told apart")
        .contains("\"axes\":[\"adapter\"");
    String[] none = row(points, "none");
    String[] beside = row(points, ADAPTER.toString());
    String[] fused = row(points, "fused:" + ADAPTER);
    int resident = column(points, "resident_bytes");
    int speed = column(points, "tokens_per_second");
    // 54,272 bytes; caches at a fraction do not shrink for it.
    assertThat(number(beside, resident) - number(none, resident)).isEqualTo(2 * 2 * 4 * 3392.0);
    assertThat(number(beside, speed)).isLessThan(number(none, speed));
    assertThat(number(fused, resident)).isEqualTo(number(none, resident));
    assertThat(number(fused, speed)).isEqualTo(number(none, speed));

    verify(results, "--points", "all").succeeds();
    List<String> verified = Files.readAllLines(results.resolve("verify.csv"));
    assertThat(verified).hasSize(4);
    int perplexity = column(verified, "perplexity");
    double plain = number(verified.get(1).split(",", -1), perplexity);
    double adapted = number(verified.get(2).split(",", -1), perplexity);
    assertThat(adapted).isGreaterThan(1.2 * plain); // a random adapter harms
    assertThat(number(verified.get(3).split(",", -1), perplexity)).isEqualTo(adapted);
  }

  @Test
  void verifyWithAnAdapter_addsThePointsThatHaveIt() throws IOException {
    Path results = sweep("none");
    verify(results, "--points", "all", "--adapter", ADAPTER).succeeds();
    List<String> points = Files.readAllLines(results.resolve("points.csv"));
    assertThat(points).hasSize(3);
    assertThat(Files.readAllLines(results.resolve("verify.csv"))).hasSize(2);
    verify(results, "--points", "all", "--adapter", ADAPTER).succeeds();
    assertThat(Files.readAllLines(results.resolve("points.csv"))).hasSize(3);
  }

  @Test
  void aTraceOfAnAdaptedModel_saysSo_andIsNotVerified() throws IOException {
    Path trace = folder.resolve("t.arrow");
    Run.dipper(
            "trace",
            "--model",
            Bookworm.MODEL,
            "--ids",
            SharedData.testdata("golden/bookworm.ids.i32le"),
            "--block",
            128,
            "--tokens",
            128,
            "--adapter",
            ADAPTER,
            "-o",
            trace)
        .succeeds();
    Path sweep = folder.resolve("s.yaml");
    Files.writeString(sweep, "hardware: paper\ncache_fraction: 0.5\npolicy: 'dip:density=0.5'\n");
    Path results = folder.resolve("r");
    Run.dipper("sweep", sweep, "--trace", trace, "-o", results).succeeds();
    assertThat(verify(results, "--points", "all").isRefused())
        .contains("was recorded with an adapter");
  }

  @Test
  void whatIsNoAdapter_isOneLine() throws IOException {
    assertThat(
            Run.dipper(
                    "simulate",
                    "--trace",
                    TRACE,
                    "--hardware",
                    "paper",
                    "--dram",
                    "80%",
                    "--policy",
                    "dense",
                    "--adapter",
                    folder)
                .isRefused())
        .contains("holds no adapter_config.json");
  }

  private Path sweep(String adapters) throws IOException {
    Path sweep = folder.resolve("s.yaml");
    Files.writeString(
        sweep,
        """
        hardware: raspberry-pi-5
        cache_fraction: 0.5
        policy: 'dip:density=0.5'
        adapter: %s
        """
            .formatted(adapters));
    Path results = folder.resolve("results");
    Run.dipper("sweep", sweep, "--trace", TRACE, "-o", results).succeeds();
    return results;
  }

  private static Run verify(Path results, Object... more) {
    Object[] command = new Object[4 + more.length];
    command[0] = "verify";
    command[1] = results;
    command[2] = "--model";
    command[3] = Bookworm.MODEL;
    System.arraycopy(more, 0, command, 4, more.length);
    return Run.dipper(command);
  }

  private static int column(List<String> rows, String name) {
    return List.of(rows.get(0).split(",", -1)).indexOf(name);
  }

  private static String[] row(List<String> rows, String adapter) {
    int column = column(rows, "adapter");
    return rows.stream()
        .skip(1)
        .map(row -> row.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .filter(row -> row[column].equals(adapter.equals("none") ? "" : adapter))
        .findFirst()
        .orElseThrow();
  }

  private static double number(String[] row, int column) {
    return Double.parseDouble(row[column]);
  }
}
