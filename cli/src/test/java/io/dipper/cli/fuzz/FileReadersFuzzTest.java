package io.dipper.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.study.sweep.Sweep;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.model.ModelFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds: it is read, or refused as the user's, in one line, in memory of the order
 * of its size. The seeds run with every build; {@code JAZZER_FUZZ=1} goes on from them with a
 * fuzzer, one method at a time. What it finds becomes a seed once it is mended.
 */
final class FileReadersFuzzTest {
  /** What opening any file may allocate, and how much more per byte of it. */
  private static final long ALLOCATED = 24L << 20;

  private static final long ALLOCATED_PER_BYTE = 256;

  @TempDir static Path folder;

  @BeforeAll
  static void layOut() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.copy(Seeds.CONFIG, model.resolve("config.json"));
  }

  @MethodSource("io.dipper.cli.fuzz.Seeds#gguf")
  @FuzzTest(maxDuration = "2m")
  void gguf(byte[] bytes) throws IOException {
    Path file = write("fuzz.gguf", bytes);
    answered(bytes.length, () -> ModelFiles.summary(file));
    answered(bytes.length, () -> ModelFiles.open(file));
  }

  @MethodSource("io.dipper.cli.fuzz.Seeds#safetensors")
  @FuzzTest(maxDuration = "2m")
  void safetensors(byte[] bytes) throws IOException {
    Path file = write("model/model.safetensors", bytes);
    answered(bytes.length, () -> ModelFiles.summary(file));
    answered(bytes.length, () -> ModelFiles.open(file.resolveSibling("")));
  }

  @MethodSource("io.dipper.cli.fuzz.Seeds#modelConfig")
  @FuzzTest(maxDuration = "2m")
  void modelConfig(byte[] bytes) throws IOException {
    Path config = write("config/config.json", bytes);
    Files.copy(
        Seeds.WEIGHTS,
        config.resolveSibling("model.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    answered(bytes.length, () -> ModelFiles.open(config.resolveSibling("")));
  }

  @MethodSource("io.dipper.cli.fuzz.Seeds#trace")
  @FuzzTest(maxDuration = "2m")
  void trace(byte[] bytes) throws IOException {
    Path file = write("fuzz.arrow", bytes);
    answered(
        bytes.length,
        () -> {
          try (TraceReader trace = TraceReader.open(file)) {
            trace.tokenIds();
            trace.nll();
            for (int layer = 0; layer < trace.model().getLayers(); layer++) {
              for (Site site : trace.sites()) {
                readAll(trace.column(layer, site));
              }
            }
          }
        });
  }

  @MethodSource("io.dipper.cli.fuzz.Seeds#hardware")
  @FuzzTest(maxDuration = "2m")
  void hardware(byte[] bytes) throws IOException {
    Path file = write("fuzz.yaml", bytes);
    answered(bytes.length, () -> HardwareProfiles.resolve(file.toString()));
  }

  @MethodSource("io.dipper.cli.fuzz.Seeds#sweep")
  @FuzzTest(maxDuration = "2m")
  void sweep(byte[] bytes) throws IOException {
    Path file = write("sweep.yaml", bytes);
    answered(bytes.length, () -> Sweep.read(file));
  }

  private static void readAll(SiteColumn column) {
    short[] row = new short[column.width()];
    for (int i = 0; i < column.rows(); i++) {
      column.read(i, row);
    }
  }

  private static Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    return Files.write(file, bytes);
  }

  /** The second time tells what reading takes; the first also loads classes. */
  private static void answered(int size, Runnable read) {
    long most = ALLOCATED + ALLOCATED_PER_BYTE * size;
    if (allocated(read) > most) {
      assertThat(allocated(read)).isLessThan(most);
    }
  }

  private static long allocated(Runnable read) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      read.run();
    } catch (UserException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "\r");
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
