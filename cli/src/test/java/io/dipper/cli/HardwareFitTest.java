package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dipper hardware fit}: from measurements to a profile that the other commands take. */
class HardwareFitTest {
  private static final Path CURVE = SharedData.root().resolve("docs/curves/oneplus-15r.csv");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"affine", "table"})
  void aFit_isAProfileThatCanBeValidatedAndProbed(String form) {
    Path profile = folder.resolve("phone.yaml");
    String printed = fit(CURVE, "--form", form, "-o", profile).succeeds();

    assertThat(printed).contains("RMS residual").endsWith("Wrote " + profile + "\n");
    assertThat(dipper("hardware", "validate", profile).succeeds()).contains("valid");
    String fitted = printed.lines().toList().get(2).split(" {2,}", -1)[3];
    assertThat(dipper("hardware", "probe", profile, "--read", "128KiB", "--lanes", 4).succeeds())
        .contains("(" + fitted + " MiB/s)");
  }

  @Test
  void withoutAFile_whatIsPrintedIsTheProfile() throws IOException {
    String printed =
        fit(CURVE, "--form", "table", "--extends", "apple-a18", "--name", "mine").succeeds();
    assertThat(printed).startsWith("# size").contains("# RMS residual 0.0 %, worst 0.0 %\n");
    Path profile = Files.writeString(folder.resolve("x.yaml"), printed);
    assertThat(dipper("hardware", "show", profile).succeeds())
        .contains("name: mine", "bandwidth: {value: 60 GB/s, from: derived");
  }

  @Test
  void decodeSpeeds_becomeABackend_thatSimulateNames() throws IOException {
    Path speeds =
        Files.writeString(
            folder.resolve("speeds.csv"),
            """
            backend,bandwidth_peak,shape,quant,tokens_per_second
            "llama.cpp, GPU",273 GB/s,llama-3.2-1b,q4_k_m,216.53
            "llama.cpp, GPU",273 GB/s,smollm2-1.7b,q4_k_m,153.72
            "llama.cpp, GPU",273 GB/s,phi-3-medium,q4_k_m,26.07
            """);
    Path profile = folder.resolve("mine.yaml");
    String printed =
        dipper("hardware", "fit", "--decode", speeds, "--extends", "apple-m3-max", "-o", profile)
            .succeeds();
    assertThat(printed).contains("held out", "Median error").endsWith("Wrote " + profile + "\n");
    assertThat(Files.readString(profile)).contains("decode fit to 2 rows; 1 held rows");
    assertThat(dipper("hardware", "validate", profile).succeeds()).contains("valid");
    assertThat(
            dipper(
                    "simulate",
                    "--shape",
                    "smollm2-1.7b",
                    "--quant",
                    "q4_k_m",
                    "--policy",
                    "dense",
                    "--dram",
                    "100%",
                    "--hardware",
                    profile,
                    "--backend",
                    "gpu")
                .succeeds())
        .contains("smollm2-1.7b on speeds (gpu)");
    assertThat(dipper("hardware", "fit", CURVE, "--device", "M4").isRefused())
        .contains("--device is for --decode");
    assertThat(dipper("hardware", "fit", CURVE, "--decode", speeds).isRefused())
        .contains("exclude each other");
  }

  @Test
  void whatCannotBeFitted_isSaidInOneLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "size,lanes,throughput\n4 KiB,1,x\n");
    assertThat(fit(bad).isRefused()).contains(bad + ":2: throughput: 'x' is not a quantity");
    assertThat(fit(folder.resolve("none.csv")).isRefused()).contains("there is no such file");
    assertThat(fit(CURVE, "--form", "cubic").isRefused()).contains("cubic");
    assertThat(fit(CURVE, "--extends", "papr").isRefused()).contains("'paper'");
    assertThat(fit(CURVE, "-o", folder.resolve("x.txt")).isRefused()).contains(".yaml");
    assertThat(dipper("hardware", "fit").isRefused()).contains("CSV");
  }

  private static Run fit(Path csv, Object... options) {
    Object[] all = new Object[options.length + 3];
    all[0] = "hardware";
    all[1] = "fit";
    all[2] = csv;
    System.arraycopy(options, 0, all, 3, options.length);
    return dipper(all);
  }
}
