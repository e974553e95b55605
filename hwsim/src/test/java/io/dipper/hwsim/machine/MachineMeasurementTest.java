package io.dipper.hwsim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dipper.config.MessageWriter;
import io.dipper.error.UserException;
import io.dipper.hwsim.execute.MeasuredExecution;
import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.progress.Progress;
import io.dipper.proto.HardwareProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMeasurementTest {
  private static final int CHUNK = DirectFile.CHUNK;

  @TempDir private Path folder;
  private Path journal;

  @BeforeEach
  void needsDirectReads() {
    journal = folder.resolve("values.csv");
    try {
      TestFile.create(folder, CHUNK, Progress.SILENT).close();
    } catch (UserException e) {
      assumeTrue(false, "no direct reads in " + folder);
    }
  }

  private MeasureRequest request(int repeats) {
    return new MeasureRequest(
        folder, 2 * CHUNK, List.of(1 << 16, 1 << 12), List.of(2, 1), 0.02, repeats);
  }

  private Map<Measured, Spread> run(int repeats) {
    return MachineMeasurement.run(
        request(repeats), new MeasuredExecution(), journal, Progress.SILENT);
  }

  @Test
  void everySizeWithEveryNumberOfLanes_andTheRest_areMeasured_andNoFileIsLeft() {
    Map<Measured, Spread> values = run(2);
    assertThat(values.keySet())
        .contains(
            Measured.reads(1 << 12, 1),
            Measured.reads(1 << 12, 2),
            Measured.reads(1 << 16, 1),
            Measured.reads(1 << 16, 2))
        .extracting(Measured::kind)
        .containsAll(kinds(values));
    assertThat(values.values())
        .allSatisfy(
            spread -> {
              assertThat(spread.repeats()).isEqualTo(2);
              assertThat(spread.low()).isLessThanOrEqualTo(spread.median());
              assertThat(spread.median()).isLessThanOrEqualTo(spread.high()).isNotNegative();
            });
    assertThat(folder)
        .isDirectoryContaining(journal::equals)
        .isDirectoryNotContaining(file -> file.toString().endsWith(".bin"));
    assertThat(folder.toFile().list()).containsExactly("values.csv");
  }

  /** All kinds; those of mapped files where a fault was seen to read its page alone. */
  private Set<Kind> kinds(Map<Measured, Spread> values) {
    Set<Kind> kinds = EnumSet.allOf(Kind.class);
    if (!values.containsKey(Measured.of(Kind.FAULT, 1))) {
      kinds.removeAll(EnumSet.of(Kind.FAULT, Kind.SCAN, Kind.HIT, Kind.READ_AHEAD));
    } else if (StorageReads.readAhead(folder).isEmpty()) {
      kinds.remove(Kind.READ_AHEAD);
    }
    return kinds;
  }

  @Test
  void profile_isReadAgain_withTheMediansThatWereMeasured() throws IOException {
    Map<Measured, Spread> values = run(1);
    HardwareProfile made = MachineProfile.of(values, request(1), "mine", 8e9);
    Path file = Files.writeString(folder.resolve("mine.yaml"), MessageWriter.write(made));
    HardwareProfile read = HardwareProfiles.resolve(file.toString()).profile();
    assertThat(read.getFlash().getTable().getLanesList()).containsExactly(1.0, 2.0);
    assertThat(read.getFlash().getTable().getRows(0).getThroughputList())
        .containsExactly(
            median(values, Measured.reads(1 << 12, 1)), median(values, Measured.reads(1 << 12, 2)));
    assertThat(read.getProcessor().getSelectPerElement().getValue())
        .isEqualTo(median(values, Measured.of(Kind.SELECT, 1)));
    int cores = Runtime.getRuntime().availableProcessors();
    // Rows and columns of the longer length take just what was measured.
    double vector = read.getProcessor().getMultiplyPerVector().getQ40().getValue();
    assertThat(vector).isNotNegative();
    assertThat(vector + 2048 / read.getProcessor().getDequantise().getQ40().getValue())
        .isCloseTo(
            2048 / median(values, Measured.products(Kind.PRODUCTS_Q4_0, 2048, cores)),
            withinPercentage(0.2));
    assertThat(read.getProcessor().getPeakAttention().getValue())
        .isEqualTo(median(values, Measured.of(Kind.ATTENTION, cores)))
        .isPositive();
    assertThat(read.getProcessor().getKernelLaunch().getValue())
        .isEqualTo(median(values, Measured.of(Kind.HAND_OUT, cores)));
  }

  @Test
  void interruptedRun_goesOnWithWhatItHasMeasured() throws IOException {
    Files.writeString(
        journal,
        "# dipper hardware measure: "
            + request(1).conditions()
            + "\nRANDOM_READS,4096,2,123456789\nSELECT,0,1,5e-9\nFAULT,0,1,7e-6\nREAD_AHEAD,0,1,8388608\n"
            + "PRODUCTS_Q4_K,256,"
            + Runtime.getRuntime().availableProcessors()
            + ",6e9\n");
    Map<Measured, Spread> values = run(1);
    assertThat(values.get(Measured.reads(4096, 2)))
        .isEqualTo(new Spread(123.5e6, 123.5e6, 123.5e6, 1));
    assertThat(median(values, Measured.of(Kind.SELECT, 1))).isEqualTo(5e-9);
    if (values.containsKey(Measured.of(Kind.FAULT, 1))) {
      assertThat(median(values, Measured.of(Kind.FAULT, 1))).isEqualTo(7e-6);
    }
    if (values.containsKey(Measured.of(Kind.READ_AHEAD, 1))) {
      assertThat(median(values, Measured.of(Kind.READ_AHEAD, 1))).isEqualTo(1 << 23);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(median(values, Measured.products(Kind.PRODUCTS_Q4_K, 256, cores))).isEqualTo(6e9);
  }

  @Test
  void valuesOfOtherOptions_orDamagedOnes_areRefused() throws IOException {
    Files.writeString(journal, "# dipper hardware measure: file of 1 B, 9.0 s each\n");
    assertThatThrownBy(() -> run(1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("was left by a run with other options; remove it");
    String heading = "# dipper hardware measure: " + request(1).conditions() + "\n";
    for (String line : List.of("SELECT,0,1", "SELECT,0,1,x", "SHOUT,0,1,1", "SELECT,a,1,1")) {
      Files.writeString(journal, heading + line + "\n");
      assertThatThrownBy(() -> run(1))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is damaged; remove it");
    }
  }

  @Test
  void whatCannotBeMeasured_isOneLine() throws IOException {
    assertThatThrownBy(() -> TestFile.create(folder, 1L << 60, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("are free there; make the file smaller");
    assertThatThrownBy(() -> TestFile.create(folder.resolve("x"), CHUNK, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no such folder");
    assertThat(folder).isEmptyDirectory();
    Path own = Files.writeString(folder.resolve("dipper-measure.bin"), "a file of the user's");
    assertThatThrownBy(() -> TestFile.create(folder, CHUNK, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is in the way");
    assertThat(own).hasContent("a file of the user's");
    Path memory = Path.of("/dev/shm");
    if (Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs")) {
      assertThatThrownBy(() -> TestFile.create(memory, CHUNK, Progress.SILENT))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("it lies in memory (tmpfs)");
    }
  }

  @Test
  void secondMeasurementOfAFolder_isRefused_andTheFirstGoesOn() {
    try (DirectFile first = TestFile.create(folder, CHUNK, Progress.SILENT)) {
      assertThatThrownBy(() -> TestFile.create(folder, CHUNK, Progress.SILENT))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("another measurement reads it");
      assertThat(new DiskReads(4096, 1, first.bytes()).throughput(first, 0.01, 1)).isPositive();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fileThatIsCutWhileItIsRead_isOneLine() throws IOException {
    try (DirectFile file = TestFile.create(folder, CHUNK, Progress.SILENT)) {
      Files.write(folder.resolve("dipper-measure.bin"), new byte[8192]);
      assertThatThrownBy(() -> new DiskReads(1 << 16, 2, file.bytes()).throughput(file, 0.01, 1))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("dipper-measure.bin")
          .hasMessageContaining("a read failed");
    }
  }

  @Test
  void buffers_haveJustTheirSize_whereverTheSystemPutsThem() {
    try (DirectFile file = TestFile.create(folder, CHUNK, Progress.SILENT)) {
      for (int pages = 1; pages <= 64; pages++) {
        assertThat(file.buffers(4096 * pages).get(0).remaining()).isEqualTo(4096 * pages);
      }
    }
  }

  @Test
  void sizesThatDoNotFit_areRefused() {
    assertThatThrownBy(() -> new MeasureRequest(folder, CHUNK, List.of(1000), List.of(1), 0.1, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("direct reads are multiples of 512 B");
    assertThatThrownBy(() -> new MeasureRequest(folder, CHUNK, List.of(CHUNK), List.of(1), 0.1, 1))
        .hasMessageContaining("at most half of the file of 4 MiB");
    assertThatThrownBy(() -> new MeasureRequest(folder, 5, List.of(512), List.of(1), 0.1, 1))
        .hasMessageContaining("is no multiple of 4 MiB");
  }

  @Test
  void spread_isMedianAndExtremes() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3, 3));
    assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 4, 4));
    assertThat(Spread.of(3, 1, 2).relative()).isEqualTo(1);
    assertThat(Spread.of(123456.0).rounded()).isEqualTo(new Spread(123500, 123500, 123500, 1));
  }

  private static double median(Map<Measured, Spread> values, Measured what) {
    return Objects.requireNonNull(values.get(what)).median();
  }
}
