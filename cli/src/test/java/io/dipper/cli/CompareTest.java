package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.ExecutionRow;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command that runs a grid for real, as its users meet it. */
class CompareTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  /** A made-up machine, measured by nobody. */
  private static final String MACHINE =
      """
      flash:
        max_bandwidth: {value: 2 GB/s, from: measured, source: made up}
        latency: 80 us
        lanes: 2
        page_size: 4 KiB
      dram:
        bandwidth: {value: 10 GB/s, from: measured, source: made up}
      overlap: none
      """;

  private static final String GRID =
      """
      hardware: machine.yaml
      dram: 60%
      layout: [column-major]
      stream_static: true
      model: {quant: q8_0}
      policy: [dense, 'dip:density=0.5', 'cats:keep=0.5']
      """;

  @TempDir private Path folder;
  private Path grid = Path.of("");

  @BeforeEach
  void writeGrid() throws IOException {
    Files.writeString(folder.resolve("machine.yaml"), MACHINE);
    grid = Files.writeString(folder.resolve("grid.yaml"), GRID);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Object[] words(Path out, Object... more) {
    Object[] words = {
      "compare",
      "-q",
      grid,
      "--trace",
      TRACE,
      "--file",
      folder.resolve("w.bin"),
      "--threads",
      1,
      "--tokens",
      6,
      "--warm-up",
      1,
      "-o",
      out
    };
    return Stream.of(words, more).flatMap(Arrays::stream).toArray();
  }

  private Run compare(Object... more) {
    return compareInto(out(), more);
  }

  private Run compareInto(Path out, Object... more) {
    Run run = dipper(words(out, more));
    assumeFalse(run.err().contains("no direct reads"), "no direct reads in " + folder);
    return run;
  }

  @Test
  void everyPoint_isExecutedInEveryRound_andItsMedianStandsBesideItsSimulation()
      throws IOException {
    String said = compare("--rounds", 3).succeeds();
    assertThat(said)
        .contains("3 of 3 points executed", "error of the simulated speed: median ")
        .contains("noise of equal executions: median ", "Kendall's tau: ", " decided alike")
        .containsPattern("disk before executions, .*: median [0-9.]+ [MG]B/s, from ")
        .doesNotContain("counts other than");
    ResultDirectory results = new ResultDirectory(out());
    List<ExecutionRow> executions = results.executions();
    assertThat(executions)
        .hasSize(9)
        .allSatisfy(row -> assertThat(row.reads().diskBytesPerS()).isNotNull().isPositive());
    for (int round = 0; round < 3; round++) {
      assertThat(executions.subList(3 * round, 3 * round + 3))
          .extracting(ExecutionRow::pointId)
          .containsExactlyElementsOf(results.points().stream().map(PointRow::pointId).toList());
    }
    for (ExecutedPointRow row : results.compared()) {
      double[] speeds =
          executions.stream()
              .filter(one -> one.pointId().equals(row.pointId()))
              .mapToDouble(ExecutionRow::tokensPerSecond)
              .sorted()
              .toArray();
      assertThat(row.executed().executedLow()).isEqualTo(speeds[0]);
      assertThat(row.executed().executedTokensPerSecond()).isEqualTo(speeds[1]);
      assertThat(row.executed().executedHigh()).isEqualTo(speeds[2]);
      assertThat(Objects.requireNonNull(row.executed().ratio()))
          .isCloseTo(speeds[1] / row.simulatedTokensPerSecond(), within(1e-9));
      assertThat(row.note()).isNull();
      assertThat(Files.readString(results.report())).contains(row.pointId());
    }
    assertThat(Files.readString(results.report())).contains("\"executed_tokens_per_second\":");
    assertThat(folder.resolve("w.bin")).doesNotExist();
  }

  @Test
  void resumed_itMakesOnlyTheMissingExecutions_andKeepsTheOthers() throws IOException {
    compare("--rounds", 2).succeeds();
    ResultDirectory results = new ResultDirectory(out());
    List<ExecutionRow> before = results.executions();
    results.writeExecutions(before.subList(0, 4));
    assertThat(compare("--rounds", 2).isRefused()).contains("holds results already");
    compare("--rounds", 2, "--resume").succeeds();
    List<ExecutionRow> after = results.executions();
    assertThat(after).hasSize(6).startsWith(before.subList(0, 4).toArray(ExecutionRow[]::new));
    assertThat(new HashSet<>(after.stream().map(r -> r.pointId() + r.round()).toList())).hasSize(6);
    assertThat(
            dipper(
                    "compare",
                    "-q",
                    grid,
                    "--trace",
                    TRACE,
                    "--file",
                    folder.resolve("w.bin"),
                    "--threads",
                    2,
                    "--tokens",
                    6,
                    "-o",
                    out(),
                    "--resume")
                .isRefused())
        .contains("was executed with --tokens 6 and --threads 1");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void killed_itKeepsEveryExecutionThatHasEnded_andGoesOn() throws Exception {
    compare("--rounds", 1).succeeds();
    Path second = folder.resolve("killed");
    Process process =
        Ended.start(
            Jvm.here()
                .command(
                    List.of("-XX:TieredStopAtLevel=1"),
                    Main.class,
                    words(second, "--rounds", 1000)));
    Path executions = second.resolve("executions.csv");
    try {
      while (process.isAlive() && !Files.exists(executions)) {
        Thread.sleep(5);
      }
      assertThat(process.isAlive()).isTrue();
      process.destroyForcibly().waitFor(); // kill -9
    } finally {
      process.destroyForcibly();
    }
    List<ExecutionRow> before = new ResultDirectory(second).executions();
    assertThat(before).isNotEmpty();
    int rounds = before.size() / 3 + 1;
    assertThat(compareInto(second, "--rounds", rounds, "--resume").succeeds())
        .contains("3 of 3 points executed");
    assertThat(new ResultDirectory(second).executions())
        .hasSize(3 * rounds)
        .startsWith(before.toArray(ExecutionRow[]::new));
    assertThat(folder.resolve("w.bin")).doesNotExist();
  }

  @Test
  void pointsThatCannotBeExecuted_areLeftOutByName() throws IOException {
    Files.writeString(grid, GRID.replace("[column-major]", "[column-major, row-major]"));
    assertThat(compare("--rounds", 1).succeeds())
        .contains("3 of 6 points executed")
        .contains("  left out: rows are not executed; choose --layout column-major or bundled")
        .contains("noise of equal executions: not known of one round");
    List<ExecutedPointRow> rows = new ResultDirectory(out()).compared();
    assertThat(rows).hasSize(6);
    assertThat(rows.stream().filter(row -> row.executed().ratio() == null))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.note()).startsWith("rows are not executed"));
  }

  @Test
  void whatIsWrong_isOneLine() throws IOException {
    assertThat(compare("--rounds", 0).isRefused()).contains("--rounds 0");
    assertThat(compare("--write", folder.resolve("machine.yaml")).isRefused())
        .contains("machine.yaml");
    Files.writeString(grid, GRID.replace("policy:", "polici:"));
    assertThat(compare().isRefused()).contains("grid.yaml:6:1", "polici");
    Files.writeString(grid, GRID.replace("[column-major]", "[row-major]"));
    assertThat(compare().isRefused())
        .contains("none of the 3 points can be executed: rows are not executed");
    Files.writeString(grid, GRID.replace("{quant: q8_0}", "{shape: llama-3-8b}"));
    assertThat(compare().isRefused()).contains("shape");
    assertThat(folder.resolve("w.bin")).doesNotExist();
  }

  @Test
  void writtenProfile_carriesTheErrors_andItsPredictionsHaveAnInterval() {
    Path compared = folder.resolve("compared.yaml");
    compare("--rounds", 1, "--write", compared).succeeds();
    assertThat(compared).content().contains("extends: ./machine.yaml", "comparisons:", "points: 2");
    double ninetieth =
        new ResultDirectory(out())
            .compared().stream()
                .filter(row -> !"dense".equals(row.setup().values().get("policy")))
                .mapToDouble(row -> Math.abs(row.logError()))
                .max()
                .orElseThrow();
    String[] simulated = {
      "simulate",
      "--trace",
      TRACE.toString(),
      "--quant",
      "q8_0",
      "--policy",
      "dip:density=0.5",
      "--dram",
      "60%",
      "--stream-static",
      "--format",
      "csv",
      "--hardware",
      compared.toString()
    };
    List<String> lines = dipper((Object[]) simulated).succeeds().lines().toList();
    List<String> heads = List.of(lines.get(0).split(",", -1));
    String[] cells = lines.get(1).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
    double speed = Double.parseDouble(cells[heads.indexOf("tokens_per_second")]);
    double low = Double.parseDouble(cells[heads.indexOf("tokens_per_second_low")]);
    double high = Double.parseDouble(cells[heads.indexOf("tokens_per_second_high")]);
    assertThat(Math.log(high / speed)).isCloseTo(ninetieth, within(1e-3 + 1e-3 * ninetieth));
    assertThat(Math.log(speed / low)).isCloseTo(ninetieth, within(1e-3 + 1e-3 * ninetieth));
  }
}
