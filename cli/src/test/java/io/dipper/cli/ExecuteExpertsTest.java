package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that run points of a mixture of experts for real, as their users meet them. */
class ExecuteExpertsTest {
  private static final int PROMPT = 3;
  private static final int DECODED = 8;
  private static final int LAYERS = 2;

  @TempDir private Path folder;

  /** An engine's trace: a prompt, then tokens of which each takes two of six experts. */
  private Path imported() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# model=tiny.gguf arch=tiny n_layer=2 n_expert=6 n_expert_used=2");
    lines.add("# layer=0 expert_bytes=24576 dense_bytes=10000");
    lines.add("# layer=1 expert_bytes=30000 dense_bytes=10000");
    lines.add("turn,phase,step,layer,slot,expert,weight");
    for (int step = 0; step < PROMPT + DECODED; step++) {
      String token = "0," + (step < PROMPT ? 0 : 1) + "," + step;
      for (int layer = 0; layer < LAYERS; layer++) {
        lines.add(token + "," + layer + ",0," + step * (layer + 2) % 5 + ",0.75");
        lines.add(token + "," + layer + ",1,5,0.25");
      }
    }
    Path routes = Files.write(folder.resolve("r.csv"), lines);
    Path trace = folder.resolve("t.arrow");
    dipper("trace", "import", routes, "-o", trace, "--quiet").succeeds();
    return trace;
  }

  private Path recorded() {
    Path trace = folder.resolve("m.arrow");
    dipper(
            "trace",
            "--model",
            SharedData.model("bookworm-moe-q8_0.gguf"),
            "--ids",
            SharedData.testdata("golden/bookworm-heldout.ids.i32le"),
            "--tokens",
            12,
            "--block",
            12,
            "--sites",
            "x,router,expert_gate,expert_up,expert_glu",
            "-o",
            trace,
            "--quiet")
        .succeeds();
    return trace;
  }

  private Run execute(Path trace, Object... more) {
    Object[] words = {
      "execute",
      "-q",
      "--trace",
      trace,
      "--hardware",
      "oneplus-15r",
      "--file",
      folder.resolve("w.bin"),
      "--cache-size",
      "2 MB",
      "--threads",
      1,
      "--lanes",
      2,
      "--warm-up",
      1
    };
    Run run = dipper(Stream.of(words, more).flatMap(Arrays::stream).toArray());
    assumeFalse(run.err().contains("no direct reads"), "no direct reads in " + folder);
    return run;
  }

  @ParameterizedTest
  @CsvSource({"router, lru", "router, lru:scope=global", "router, none", "drop-cold:f=0.9, lfu"})
  void countsOfBothSides_areEqual_andTheLedgerHasTheDecodedTokens(String policy, String cache)
      throws IOException {
    Path ledger = folder.resolve("l.csv");
    String csv =
        execute(
                imported(),
                "--policy",
                policy,
                "--cache",
                cache,
                "--ledger",
                ledger,
                "--format",
                "csv")
            .succeeds();
    for (String quantity : List.of("hits", "misses", "requests", "bytes_read")) {
      String line = csv.lines().filter(l -> l.startsWith(quantity + ",")).findFirst().orElseThrow();
      String[] cells = line.split(",", -1);
      assertThat(cells[2]).as(line).isEqualTo(cells[1]);
    }
    assertThat(Files.readAllLines(ledger)).hasSize(1 + DECODED * (LAYERS + 1));
    assertThat(folder.resolve("w.bin")).doesNotExist();
  }

  @Test
  void aPromptAlone_decodesNothing() throws IOException {
    Path trace = imported();
    assertThat(execute(trace, "--policy", "router", "--tokens", PROMPT).isRefused())
        .contains("execute: the trace's first tokens are a prompt", "give more --tokens");
    assertThat(execute(trace, "--policy", "router", "--tokens", PROMPT + 1).succeeds())
        .contains("tokens/s");
  }

  @Test
  void whatCannotBeExecuted_isOneLine() {
    Path trace = recorded();
    assertThat(execute(trace, "--policy", "router:inside=glu,keep=0.5").isRefused())
        .contains("execute: masks inside experts are not executed; leave inside out");
    assertThat(execute(trace, "--policy", "router", "--cache", "belady").isRefused())
        .contains("execute: a cache that sees the future cannot be executed");
    assertThat(execute(trace, "--policy", "router:k=16").isRefused())
        .contains("execute: every token takes all experts");
    Path model = SharedData.model("bookworm-moe-q8_0.gguf");
    assertThat(execute(trace, "--policy", "router", "--model", model).isRefused())
        .contains("execute --model: experts are not run live");
    assertThat(execute(trace, "--policy", "router", "--speculation", "hot").isRefused())
        .contains("execute: guesses are not executed");
    assertThat(folder.toFile().list()).containsExactly("m.arrow");
  }

  @Test
  void aSweepOfPoliciesAndCaches_isCompared() throws IOException {
    Path grid =
        Files.writeString(
            folder.resolve("grid.yaml"),
            """
            hardware: apple-a18
            policy: [router, {router: {k: 16}}, {max-rank: {m: 6}}]
            cache: [none, {lru: {scope: [layer, global]}}]
            cache_size: [700 kB, 3 MB]
            """);
    Path out = folder.resolve("out");
    Run run =
        dipper(
            "compare",
            "-q",
            grid,
            "--trace",
            recorded(),
            "--file",
            folder.resolve("w.bin"),
            "--threads",
            1,
            "--rounds",
            1,
            "--warm-up",
            1,
            "-o",
            out);
    assumeFalse(run.err().contains("no direct reads"), "no direct reads in " + folder);
    assertThat(run.succeeds()).contains("  left out: every token takes all experts");
    List<ExecutedPointRow> rows = new ResultDirectory(out).compared();
    assertThat(rows)
        .hasSizeGreaterThan(12)
        .allSatisfy(
            row ->
                assertThat(row.note())
                    .isIn(
                        null,
                        "every token takes all experts; choose a policy that leaves some out"))
        .anySatisfy(row -> assertThat(row.executed().ratio()).isPositive());
    assertThat(folder.resolve("w.bin")).doesNotExist();
  }
}
