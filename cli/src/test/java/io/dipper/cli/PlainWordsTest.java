package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads beside a number. */
class PlainWordsTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  private static Run simulate(String device, String policy, String cache) {
    return simulate(device, policy, cache, "60%");
  }

  private static Run simulate(String device, String policy, String cache, String memory) {
    return dipper(
        "simulate",
        "-q",
        "--trace",
        TRACE,
        "--hardware",
        device,
        "--policy",
        policy,
        "--cache",
        cache,
        "--dram",
        memory);
  }

  @Test
  void aPoint_saysWhatWasReadAndWanted_ofWhatTheDramIsAShare_andHowTheFirstTokenBegins() {
    assertThat(simulate("snapdragon-8-gen-3", "dip:density=0.5", "lfu").succeeds())
        .contains("read from Flash", "wanted of it", "requests and commands of streams")
        .contains("60% of weights and KV cache at 128 tokens")
        .contains("(cold)", "with full caches (warm)")
        .contains("bits", "MLP 4, attention 4, head 8, embedding 8, KV cache 8")
        .contains("per token, of flash+dram+compute")
        .doesNotContain("not measured");
  }

  /** Units of half a kilobyte, read one by one, take longer than one stream but on a slow link. */
  @Test
  void aWarmFirstToken_thatTakesLongerThanACold_saysWhy() {
    String slower = "(warm): the requests for what they lack take longer than one stream";
    assertThat(simulate("apple-a18", "dip:density=0.5", "lfu", "72%").succeeds()).contains(slower);
    assertThat(simulate("emmc-5-1", "dip:density=0.5", "lfu", "72%").succeeds())
        .contains("(warm)")
        .doesNotContain(slower);
  }

  @Test
  void aTextThatHasFewerTokensThanAreAskedFor_isSaid() throws IOException {
    Path text = folder.resolve("short.txt");
    Files.writeString(text, "The old man walked down to the river. ".repeat(40));
    Path trace = folder.resolve("short.arrow");
    for (int tokens : new int[] {128, 100_000}) {
      String said =
          dipper(
                  "trace",
                  "--model",
                  Bookworm.MODEL,
                  "--text",
                  text,
                  "--block",
                  128,
                  "--tokens",
                  tokens,
                  "--force",
                  "-o",
                  trace)
              .succeeds();
      if (tokens == 128) {
        assertThat(said).contains("128 tokens in 1 sequences").doesNotContain("fewer");
      } else {
        assertThat(said)
            .containsPattern(
                "fewer than --tokens 100,000: the text has \\d+, and whole sequences of 128 are"
                    + " recorded");
      }
    }
  }

  @Test
  void aPointThatRestsOnReadsOutsideItsTable_saysSo_andWhereCachesCannotDiffer() {
    assertThat(simulate("oneplus-15r", "dip:density=0.5", "lfu").succeeds())
        .contains("not measured", "outside the table of oneplus-15r, their time is a bound");
    assertThat(simulate("paper", "dense", "belady").succeeds())
        .contains("cannot differ here")
        .contains("nothing: paper gives no energy.flash_read");
  }

  @Test
  void aProfileThatContradictsItself_isWarnedAbout_quietOrNot() throws IOException {
    Path own = folder.resolve("own.yaml");
    Files.writeString(own, "extends: snapdragon-8-gen-3\nflash: {max_bandwidth: 2.9 GB/s}\n");
    Run run = simulate(own.toString(), "dense", "lfu");
    run.succeeds();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("warning: own: flash.sequential_bandwidth 4 GB/s");
    assertThat(dipper("hardware", "validate", own).succeeds()).contains("warning: ");
  }

  /** Alone the paper's accounting has the paper's bits; beside the other both have the file's. */
  @Test
  void oneSweep_hasOneSetOfBits() throws IOException {
    Path trace = folder.resolve("t.arrow");
    Bookworm.record(trace, "--sites", "x,glu").succeeds();
    assertThat(bits(trace, "paper")).containsExactly("4 8");
    assertThat(bits(trace, "des")).containsExactly("8.5 16");
    assertThat(bits(trace, "[paper, des]")).containsExactly("8.5 16", "8.5 16");
  }

  /** Of each point the bits of the MLP and of the KV cache. */
  private List<String> bits(Path trace, String accounting) throws IOException {
    Path sweep = folder.resolve("sweep.yaml");
    Path out = Files.createTempDirectory(folder, "out").resolve("r");
    Files.writeString(
        sweep, "accounting: " + accounting + "\nhardware: paper\ndram: 100%\npolicy: dense\n");
    String told = dipper("sweep", sweep, "--trace", trace, "-o", out, "-q").succeeds();
    assertThat(told.lines().filter(line -> line.startsWith("bits: "))).hasSize(1);
    String csv = Files.readString(out.resolve("points.csv"));
    return csv.lines()
        .skip(1)
        .map(line -> number(line, "mlp") + " " + number(line, "kv_cache"))
        .toList();
  }

  private static String number(String line, String key) {
    String rest = line.substring(line.indexOf(key + "\"\":") + key.length() + 3);
    return rest.replaceAll("[,}].*", "").replaceAll("\\.0$", "");
  }
}
