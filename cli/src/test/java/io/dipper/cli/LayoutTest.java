package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dipper simulate} says of layouts on Flash. */
class LayoutTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  /** A drive whose requests are dear beside their bytes. */
  private Path drive() throws IOException {
    return Files.writeString(
        folder.resolve("drive.yaml"),
        """
        flash: {max_bandwidth: 1 MB/s, latency: 200 us, lanes: 1}
        dram: {bandwidth: 60 GB/s}
        overlap: none
        """);
  }

  private Run simulate(String arguments) throws IOException {
    String point = " --policy glu-oracle:keep=0.02 --dram 60% --trace " + TRACE;
    return dipper(
        (Object[]) ("simulate " + arguments + point + " --hardware " + drive()).split(" +"));
  }

  @Test
  void auto_saysWhichLayoutItTook() throws IOException {
    assertThat(simulate("--layout auto").succeeds())
        .containsPattern(
            "\\nlayout auto: layout bundled, unit order (natural|co-activation), max gap .*, the"
                + " fastest of 16 ways\\n")
        .doesNotContain("finds the best");
  }

  @Test
  void theDefault_hintsAtAFasterLayout_andOthersDoNot() throws IOException {
    assertThat(simulate("").succeeds())
        .containsPattern(
            "\\n--layout bundled.* is faster by \\d\\.\\d\\d over the first tokens; --layout auto"
                + " finds the best\\n");
    assertThat(simulate("--layout bundled").succeeds()).doesNotContain("finds the best");
    assertThat(simulate("--format json").succeeds()).doesNotContain("finds the best");
  }

  @Test
  void asStored_needsTheTypeOfTheWeights_andRefusesWhatAFileCannotBe() throws IOException {
    assertThat(simulate("--layout as-stored --quant q8_0").succeeds()).contains("tokens/s");
    assertThat(simulate("--layout as-stored --quant q8_0 --order co-activation").isRefused())
        .contains("layout as-stored: a file has units in the model's order");
    assertThat(
            simulate("--layout as-stored --quant q8_0 --accesses " + folder.resolve("a.csv"))
                .isRefused())
        .contains("layout as-stored reads blocks of several units");
  }
}
