package io.dipper.cli;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dipper synth}: what it writes, prints and refuses. */
class SynthTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  @Test
  void aShape_isDrawnComparedAndMarkedEverywhere() {
    Path file = folder.resolve("s.arrow");
    String printed =
        dipper("synth", "--shape", "smollm2-135m", "--tokens", 32, "-q", "-o", file).succeeds();
    assertThat(printed)
        .contains("s.arrow (synthetic): 32 tokens like")
        .containsPattern("x +reference +0\\.")
        .containsPattern("glu +synthetic +0\\.");
    assertThat(dipper("inspect", file, "-q").succeeds())
        .containsPattern("smollm2-135m +\\(synthetic\\)|smollm2-135m \\(synthetic\\)");
    String point =
        dipper(
                "simulate",
                "--trace",
                file,
                "--hardware",
                "paper",
                "--policy",
                "dip:density=0.5",
                "--cache-fraction",
                0.4,
                "--format",
                "json",
                "-q")
            .succeeds();
    assertThat(point)
        .contains("s.arrow (synthetic)")
        .containsPattern("retained_energy_x\" ?: ?0\\.");
  }

  @Test
  void aRecordedTrace_isCopiedInItsStatistics() throws IOException {
    Path one = folder.resolve("one.arrow");
    Path two = folder.resolve("two.arrow");
    String like = "--like " + TRACE + " --tokens 128 --block 64 --seed 3 -q";
    assertThat(synth(like + " --threads 1 -o " + one).succeeds()).contains("bookworm");
    synth(like + " --threads 2 -o " + two).succeeds();
    assertThat(two).hasSameBinaryContentAs(one);
    Path statistics = folder.resolve("s.json");
    synth("--like " + TRACE + " --statistics " + statistics + " -q").succeeds();
    synth("--shape smollm2-135m --like " + statistics + " --tokens 8 --force -q -o " + two)
        .succeeds();
    Files.delete(statistics);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("one.arrow", "two.arrow");
    assertThat(synth("--like " + one + " --tokens 64 --force -o " + two).isRefused())
        .contains("synthetic itself");
  }

  @Test
  void aSiteThatLikeLacks_isNamed() {
    Path x = folder.resolve("x.arrow");
    Path model = SharedData.model("bookworm-3m-q8_0.gguf");
    Path text = SharedData.model("bookworm-heldout.txt");
    dipper(
            "trace",
            "--model",
            model,
            "--text",
            text,
            "--tokens",
            256,
            "--sites",
            "x",
            "-q",
            "-o",
            x)
        .succeeds();
    Path out = folder.resolve("out.arrow");
    assertThat(synth("--like " + x + " --tokens 64 -q -o " + out).isRefused())
        .contains(x.toString(), "no site glu", "--sites");
    assertThat(out).doesNotExist();
    synth("--like " + x + " --tokens 64 --sites x -q -o " + out).succeeds();
  }

  /** Fitted to the first half of a text, held to the other half. */
  @Test
  void routers_areLikeThoseOfTokensThatWereNotFitted() throws IOException {
    Path model = SharedData.model("bookworm-moe-q8_0.gguf");
    String text = Files.readString(SharedData.model("bookworm-heldout.txt"));
    int half = text.indexOf(' ', text.length() / 2);
    Path[] traces = new Path[2];
    for (int i = 0; i < 2; i++) {
      Path part = folder.resolve(i + ".txt");
      Files.writeString(part, i == 0 ? text.substring(0, half) : text.substring(half));
      traces[i] = folder.resolve(i + ".arrow");
      String record = " --tokens 1024 --sites router -q -o " + traces[i];
      run("trace --model " + model + " --text " + part + record).succeeds();
    }
    Path held = folder.resolve("held.json");
    synth("--like " + traces[1] + " --statistics " + held + " -q").succeeds();
    JsonNode other = new ObjectMapper().readTree(held.toFile()).get("routers");
    String printed =
        synth("--like " + traces[0] + " --tokens 1024 --block 256 -q -o " + folder.resolve("s"))
            .succeeds();
    Matcher row = Pattern.compile("4 of 16 +synthetic +(.*)").matcher(printed);
    assertThat(row.find()).as(printed).isTrue();
    String[] drawn = row.group(1).trim().split(" +");
    List<String> names = List.of("repeated", "entropy", "firstWeight", "lruQuarter", "lruHalf");
    for (int i = 0; i < names.size(); i++) {
      assertThat(Double.parseDouble(drawn[i]))
          .as(names.get(i))
          .isCloseTo(other.get(names.get(i)).asDouble(), within(0.04));
    }
  }

  @Test
  void points_ofASyntheticTraceAreNotVerified() throws IOException {
    Path file = folder.resolve("s.arrow");
    synth("--like " + TRACE + " --tokens 64 -q -o " + file).succeeds();
    Path sweep =
        Files.writeString(
            folder.resolve("s.yaml"),
            "trace: "
                + file
                + "\naccounting: paper\nhardware: [paper]\ncache_fraction: 0.5\npolicy: [dense]\n");
    Path results = folder.resolve("results");
    dipper("sweep", sweep, "-q", "-o", results).succeeds();
    assertThat(Files.readString(results.resolve("points.csv"))).contains("s.arrow (synthetic)");
    Path model = SharedData.model("bookworm-3m-q8_0.gguf");
    Path text = SharedData.model("bookworm-heldout.txt");
    assertThat(
            dipper("verify", results, "--points", "all", "--model", model, "--text", text, "-q")
                .isRefused())
        .contains("synthetic");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --shape lama-3-8b --tokens 64 -o OUT                      | 'llama-3-8b'
          --shape smollm2-135m -o OUT                               | --tokens
          --shape smollm2-135m --tokens 64                          | -o FILE
          --tokens 64 -o OUT                                        | --shape
          --shape smollm2-135m --tokens 0 -o OUT                    | tokens: 0
          --shape smollm2-135m --tokens 1 -o OUT                    | tokens: 1
          --shape smollm2-135m --tokens many -o OUT                 | many
          --shape smollm2-135m --tokens 64 --block 1 -o OUT         | block: 1
          --shape smollm2-135m --tokens 64 --block 65 -o OUT        | block: 65
          --shape smollm2-135m --tokens 64 --block 48 -o OUT        | 48 or 96
          --shape smollm2-135m --tokens 64 --seed s -o OUT          | --seed
          --shape smollm2-135m --tokens 64 --sites x,glue -o OUT    | glue
          --shape smollm2-135m --tokens 64 --sites router -o OUT    | no layer of smollm2-135m has router
          --shape olmoe-7b --tokens 64 --sites glu -o OUT           | no layer of olmoe-7b has glu
          --shape olmoe-7b --tokens 64 --sites experts -o OUT       | experts cannot be drawn
          --shape smollm2-135m --tokens 64 --like none.arrow -o OUT | none.arrow
          --shape smollm2-135m --tokens 64 --like none.json -o OUT  | none.json
          --shape smollm2-135m --tokens 64 -o no/such/t.arrow       | no/such/t.arrow
          --statistics s.json                                       | --like
          --like none.arrow --statistics s.csv                      | .json
          """)
  void whatIsWrong_isOneLine(String arguments, String named) {
    String out = folder.resolve("t.arrow").toString();
    assertThat(synth(arguments.replace("OUT", out) + " -q").isRefused()).contains(named);
    assertThat(folder).isEmptyDirectory();
  }

  private static Run synth(String arguments) {
    return run("synth " + arguments);
  }

  private static Run run(String command) {
    return dipper((Object[]) command.split(" +"));
  }
}
