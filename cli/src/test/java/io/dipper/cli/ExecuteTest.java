package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command that runs a point for real, as its users meet it. */
class ExecuteTest {
  private static final int TOKENS = 6;
  private static final int LAYERS = 6;

  @TempDir private Path folder;

  private Object[] words(Object... more) {
    Object[] words = {
      "execute",
      "-q",
      "--trace",
      SharedData.testdata("golden/bookworm.arrow"),
      "--quant",
      "q8_0",
      "--hardware",
      "apple-a18",
      "--file",
      folder.resolve("w.bin"),
      "--policy",
      "dip:density=0.5",
      "--cache",
      "lru",
      "--dram",
      "60%",
      "--layout",
      "bundled",
      "--threads",
      1,
      "--lanes",
      2
    };
    return Stream.of(words, more).flatMap(Arrays::stream).toArray();
  }

  private Run execute(Object... more) {
    Run run = dipper(words(more));
    assumeFalse(run.err().contains("no direct reads"), "no direct reads in " + folder);
    return run;
  }

  @Test
  void countsOfBothSides_areEqual_andTheLedgerHasALineForEveryLayer() throws IOException {
    Path ledger = folder.resolve("l.csv");
    String csv =
        execute("--tokens", TOKENS, "--warm-up", 1, "--ledger", ledger, "--format", "csv")
            .succeeds();
    List<String> lines = csv.lines().toList();
    assertThat(lines.get(0)).isEqualTo("quantity,simulated,executed");
    for (String quantity : List.of("hits", "misses", "requests")) {
      String line =
          lines.stream().filter(l -> l.startsWith(quantity + ",")).findFirst().orElseThrow();
      String[] cells = line.split(",", -1);
      assertThat(cells[2]).as(line).isEqualTo(cells[1]);
      assertThat(Double.parseDouble(cells[1])).as(line).isPositive();
    }
    assertThat(Files.readAllLines(ledger))
        .hasSize(1 + TOKENS * (LAYERS + 1))
        .first()
        .isEqualTo(
            "token,sequence,layer,part,flash_s,dram_s,compute_s,select_s,gather_s,admit_s,launch_s,"
                + "idle_s,flash_bytes");
    assertThat(folder.toFile().list()).containsExactly("l.csv");
  }

  @Test
  void table_hasBothSides() {
    assertThat(execute("--tokens", 2, "--warm-up", 0).succeeds())
        .contains("simulated", "executed", "ratio", "tokens/s", "flash", "dram and compute");
  }

  @Test
  void aModelThatRuns_saysHowWellItPredicts() {
    Object[] live = {"--model", SharedData.model("bookworm-3m-q8_0.gguf"), "--tokens", 20};
    assertThat(
            execute(
                    Stream.of(live, new Object[] {"--format", "csv"})
                        .flatMap(Arrays::stream)
                        .toArray())
                .succeeds())
        .contains("\nhits,")
        .containsPattern("\nperplexity,[^,]*,[1-9][0-9.]+\n");
    assertThat(execute(live).succeeds()).containsPattern("\nperplexity +- +[1-9][0-9.]+ ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aText_isRunAsTheTraceOfItIs_andNothingOfItIsLeft() {
    Path model = SharedData.model("bookworm-3m-q8_0.gguf");
    Path ids = SharedData.testdata("golden/bookworm-heldout.ids.i32le");
    Path trace = folder.resolve("t.arrow");
    dipper("trace", "--model", model, "--ids", ids, "--tokens", 20, "--block", 20, "-o", trace)
        .succeeds();
    Object[] live = {"--model", model, "--tokens", 20, "--warm-up", 0, "--format", "csv"};
    String ofTrace = source("--trace", trace, live).succeeds();
    String ofText = source("--ids", ids, live).succeeds();
    assertThat(perplexity(ofText)).isEqualTo(perplexity(ofTrace)).contains("perplexity");
    assertThat(folder.toFile().list()).containsExactly("t.arrow");
  }

  private static String perplexity(String csv) {
    return csv.lines().reduce("", (before, line) -> line);
  }

  private Run source(String option, Path file, Object... more) {
    Object[] words = words(more);
    int trace = Arrays.asList(words).indexOf("--trace");
    words[trace] = option;
    words[trace + 1] = file;
    Run run = dipper(words);
    assumeFalse(run.err().contains("no direct reads"), "no direct reads in " + folder);
    return run;
  }

  @Test
  void aText_needsAModel_andATraceNone() {
    Path ids = SharedData.testdata("golden/bookworm-heldout.ids.i32le");
    Path model = SharedData.model("bookworm-3m-q8_0.gguf");
    assertThat(source("--ids", ids).isRefused()).contains("give --model too");
    assertThat(execute("--ids", ids).isRefused()).contains("one of --trace, --text and --ids");
    assertThat(source("--text", folder.resolve("no.txt"), "--model", model).isRefused())
        .contains("no.txt");
    assertThat(source("--ids", ids, "--model", model, "--tokens", 1).isRefused())
        .contains("needs at least 2");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aModelThatCannotRun_isOneLine() throws IOException {
    Path cut = folder.resolve("cut.gguf");
    byte[] whole = Files.readAllBytes(SharedData.model("bookworm-3m-q8_0.gguf"));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    for (Path model : List.of(folder.resolve("no.gguf"), cut)) {
      assertThat(execute("--model", model, "--tokens", 2).isRefused()).contains(model.toString());
    }
    assertThat(execute("--model", SharedData.model("bookworm-3m"), "--tokens", 2).isRefused())
        .contains("is not the model that the trace was recorded from");
    assertThat(folder.toFile().list()).containsExactly("cut.gguf");
  }

  @Test
  void whatIsWrong_isOneLine() {
    assertThat(execute("--tokens", 0).isRefused()).contains("--tokens 0");
    assertThat(execute("--warm-up", -1).isRefused()).contains("--warm-up -1");
    assertThat(execute("--accounting", "paper").isRefused()).contains("execute: the paper's");
    assertThat(execute("--ledger", folder.resolve("w.bin")).isRefused()).contains("w.bin");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void memoryAboveTheDram_isRefused() throws IOException {
    Path card =
        Files.writeString(
            folder.resolve("card.yaml"),
            """
            name: card
            flash: {max_bandwidth: 1 GB/s, latency: 80 us}
            dram: {bandwidth: 50 GB/s}
            vram: {capacity: 1 GB, bandwidth: 900 GB/s}
            """);
    Object[] words = words();
    words[Arrays.asList(words).indexOf("apple-a18")] = card;
    assertThat(dipper(words).isRefused()).contains("execute: VRAM is not executed");
    assertThat(folder.resolve("w.bin")).doesNotExist();
  }

  /**
   * A limit on the size of files ends a write in the middle of the weights, as a full disk does.
   */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void weightsThatCannotBeWrittenToTheirEnd_areOneLine_andNothingIsLeft() throws Exception {
    List<String> words =
        Jvm.here().command(List.of("-XX:TieredStopAtLevel=1"), Main.class, words("--tokens", 1));
    String command = String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
    Ended ended = Ended.of(Ended.start(List.of("bash", "-c", "ulimit -f 2048; exec " + command)));
    assumeFalse(ended.output().contains("lies in memory"), "no disk under " + folder);
    assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output().lines()).hasSize(1);
    assertThat(ended.output())
        .startsWith("dipper: " + folder.resolve("w.bin"))
        .contains("File too large");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void interrupted_itExitsWith130_saysSo_andLeavesNothing() throws Exception {
    Interrupt.assumeHeard();
    execute("--tokens", 1, "--warm-up", 0).succeeds();
    Path file = folder.resolve("w.bin");
    Process process =
        Ended.start(
            Jvm.here()
                .command(
                    List.of("-XX:TieredStopAtLevel=1"), Main.class, words("--warm-up", 100_000)));
    try {
      while (process.isAlive() && !(Files.exists(file) && Files.size(file) > 0)) {
        Thread.sleep(20);
      }
      Interrupt.send(process);
      Ended ended = Ended.of(process);
      assertThat(ended.exit()).as(ended.output()).isEqualTo(130);
      assertThat(ended.output().lines())
          .containsExactly("dipper: interrupted; what was finished is kept");
    } finally {
      process.destroyForcibly();
    }
    assertThat(folder).isEmptyDirectory();
  }
}
