package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dipper hardware measure}: this machine as a profile that the other commands take. */
class HardwareMeasureTest {
  @TempDir private Path folder;

  private Run measure(Object... options) {
    Object[] all = {
      "hardware",
      "measure",
      "-q",
      "--disk",
      folder,
      "--file-size",
      "8MiB",
      "--sizes",
      "4KiB,64KiB",
      "--lanes",
      "1,2",
      "--seconds",
      0.01,
      "--repeats",
      1
    };
    return dipper(with(all, options));
  }

  private static Object[] with(Object[] some, Object... more) {
    Object[] both = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, both, some.length, more.length);
    return both;
  }

  @Test
  void profile_isValidated_probedAndSimulated_andNothingElseIsLeft() {
    Path profile = folder.resolve("mine.yaml");
    Run run = measure("-o", profile);
    assumeFalse(run.exit() == 2 && run.err().contains("no direct reads"), "no direct reads here");
    assertThat(run.succeeds()).contains("4 KiB", "64 KiB", "memory read by 1 thread", "Wrote ");
    assertThat(folder).isDirectoryContaining(profile::equals);
    assertThat(folder.toFile().list()).containsExactly("mine.yaml");
    assertThat(dipper("hardware", "validate", profile).succeeds()).contains("valid");
    String simulated =
        dipper(
                "simulate",
                "--shape",
                "llama-2-7b",
                "--quant",
                "q4_0",
                "--policy",
                "dense",
                "--dram",
                "100%",
                "--hardware",
                profile)
            .succeeds();
    assertThat(simulated).contains("tokens/s");
  }

  @Test
  void whatIsThere_isRefusedBeforeAnythingIsMeasured() throws IOException {
    Path profile = Files.writeString(folder.resolve("mine.yaml"), "extends: paper\n");
    assertThat(measure("-o", profile).isRefused()).contains("mine.yaml").contains("--force");
    assertThat(profile).hasContent("extends: paper");
    assertThat(folder.toFile().list()).containsExactly("mine.yaml");
  }

  @Test
  void whatIsWrong_isOneLine() {
    assertThat(measure("-o", folder.resolve("m.txt")).isRefused()).contains("ends in .yaml");
    Path profile = folder.resolve("m.yaml");
    assertThat(measure("-o", profile, "--lanes", "0").isRefused()).contains("--lanes 0");
    assertThat(measure("-o", profile, "--sizes", "1000B").isRefused()).contains("512 B");
    Object[] named = {"hardware", "measure", "--disk", folder, "-o", profile};
    assertThat(dipper(with(named, "--seconds", -1)).isRefused()).contains("--seconds -1");
    assertThat(dipper(with(named, "--repeats", 0)).isRefused()).contains("--repeats 0");
    assertThat(dipper(with(named, "--file-size", "1048576 GiB")).isRefused())
        .contains("free there");
    assertThat(folder).isEmptyDirectory();
  }
}
