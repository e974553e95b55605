package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --weight-memory}: how many decoded weights are kept, never what comes out. */
class WeightMemoryTest {
  @TempDir private static Path shared;

  @TempDir private Path folder;

  @BeforeAll
  static void record() {
    Bookworm.record(shared.resolve("t.arrow"), "--sites", "x").succeeds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1MB", "300 kB", "64MiB"})
  void aRecording_isTheSameWhateverIsKept(String size) {
    Path trace = folder.resolve("t.arrow");
    assertThat(
            dipper(
                    "trace",
                    "--model",
                    Bookworm.MODEL,
                    "--text",
                    Bookworm.TEXT,
                    "--tokens",
                    256,
                    "--block",
                    128,
                    "--sites",
                    "x",
                    "--weight-memory",
                    size,
                    "-o",
                    trace)
                .succeeds())
        .contains("256 tokens");
    assertThat(trace).hasSameBinaryContentAs(shared.resolve("t.arrow"));
  }

  @Test
  void aLiveRun_isTheSameWhateverIsKept() throws IOException {
    Path sweep =
        Files.writeString(
            folder.resolve("s.yaml"),
            "accounting: paper\nhardware: paper\ncache_fraction: 0.5\npolicy: ['up:keep=0.5']\n");
    Path trace = folder.resolve("t.arrow");
    Bookworm.record(trace, "--sites", "up").succeeds();
    String[] verified = new String[2];
    for (int i = 0; i < 2; i++) {
      Path results = folder.resolve("results" + i);
      dipper("sweep", sweep, "--trace", trace, "-o", results, "-q").succeeds();
      String size = i == 0 ? "0" : "64MB";
      dipper(
              "verify",
              results,
              "--model",
              Bookworm.MODEL,
              "--points",
              "all",
              "-q",
              "--weight-memory",
              size)
          .succeeds();
      verified[i] = Files.readString(results.resolve("verify.csv"));
    }
    assertThat(verified[0]).isEqualTo(verified[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "-1MB, --weight-memory -1MB: must not be negative",
    "9000TB, of this machine's or container's memory; give at most that",
    "lots, lots",
    "64 Mb, Mb"
  })
  void aSizeThatCannotBe_isRefused(String size, String said) {
    Path trace = folder.resolve("t.arrow");
    assertThat(Bookworm.record(trace, "--weight-memory=" + size, "-q").isRefused()).contains(said);
    assertThat(trace).doesNotExist();
  }
}
