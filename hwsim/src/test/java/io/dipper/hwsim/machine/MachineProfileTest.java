package io.dipper.hwsim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.dipper.config.MessageWriter;
import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LongVectors;
import io.dipper.proto.PageCache;
import io.dipper.proto.Processor;
import io.dipper.proto.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles of values that nobody had to measure. */
class MachineProfileTest {
  private static final int CORES = 4;
  private static final int WINDOW = 1 << 16;
  private static final int SCANNED = 16 * WINDOW;

  @TempDir private Path folder;
  private final Map<Measured, Spread> values = new LinkedHashMap<>();

  private void put(Measured what, double value) {
    values.put(what, Spread.of(value));
  }

  /** Reads of a page take 100 us, those of a window 164 us, two at a time 218 us. */
  private void putAll(double scan) {
    put(Measured.reads(4096, 1), 4096 / 100e-6);
    put(Measured.reads(4096, 2), 4096 / 60e-6);
    put(Measured.reads(WINDOW, 1), 4e8);
    put(Measured.reads(WINDOW, 2), 6e8);
    put(new Measured(Kind.STREAM, 1 << 20, 4), 7e8);
    put(Measured.of(Kind.HAND_OVER, 2), 3e-6);
    // As long as the table's reads, 0.2 ns a byte, and 5 us for the second lane.
    put(new Measured(Kind.FETCH, WINDOW, 1), WINDOW / 4e8 + WINDOW * 2e-10);
    put(new Measured(Kind.FETCH, WINDOW, 2), 2 * WINDOW * (1 / 6e8 + 2e-10) + 5e-6);
    put(new Measured(Kind.FETCH, 4096, 2), 2 * (60e-6 + 4096 * 2e-10) + 5e-6);
    put(new Measured(Kind.DELAY, WINDOW, 1), 7e-6 + WINDOW * 1e-10);
    put(new Measured(Kind.DELAY, WINDOW, 2), 2 * (7e-6 + WINDOW * 1e-10));
    put(new Measured(Kind.DELAY, 4096, 2), 2 * (7e-6 + 4096 * 1e-10));
    put(Measured.of(Kind.FAULT, 1), 8e-6);
    put(new Measured(Kind.SCAN, SCANNED, 1), scan);
    put(Measured.of(Kind.HIT, 1), 2e-7);
    put(Measured.of(Kind.READ_AHEAD, 1), WINDOW);
    put(Measured.of(Kind.MEMORY, CORES), 20e9);
    put(Measured.of(Kind.MULTIPLY_ADD, 1), 30e9);
    put(Measured.of(Kind.SELECT, 1), 3e-9);
    put(Measured.products(Kind.GATHER, 256, CORES), 1e-7);
    put(Measured.products(Kind.GATHER, 2048, CORES), 2e-7);
    put(Measured.products(Kind.GATHER, 8192, CORES), 2.5e-7);
    put(Measured.of(Kind.HAND_OUT, CORES), 4e-6);
    put(Measured.of(Kind.ATTENTION, CORES), 9e9);
    for (Kind kind : Kind.values()) {
      if (kind.weights() != null) {
        // 100 ns for each row, and for a weight as much as its place among the kinds.
        double weight = 1e-10 * kind.ordinal();
        put(Measured.products(kind, 256, CORES), 256 / (1e-7 + 256 * weight));
        put(Measured.products(kind, 2048, CORES), 2048 / (1e-7 + 2048 * weight));
        put(Measured.products(kind, 4096, CORES), 0.5 / weight);
        put(Measured.products(kind, 6144, CORES), 0.25 / weight);
      }
    }
  }

  private HardwareProfile profile() throws IOException {
    MeasureRequest request =
        new MeasureRequest(folder, DirectFile.CHUNK, List.of(4096, WINDOW), List.of(1, 2), 0.1, 1);
    HardwareProfile made = MachineProfile.of(values, request, "mine", 8e9);
    Path file = Files.writeString(folder.resolve("mine.yaml"), MessageWriter.write(made));
    HardwareProfile read = HardwareProfiles.resolve(file.toString()).profile();
    assertThat(read).isEqualTo(made);
    return read;
  }

  @Test
  void typesOfTheSameBits_haveRatesAndTimesOfTheirOwn() throws IOException {
    putAll(4e8);
    Processor processor = profile().getProcessor();
    assertThat(processor.getDequantise().getQ4K().getValue())
        .isCloseTo(1e10 / Kind.PRODUCTS_Q4_K.ordinal(), withPercentage(0.1));
    assertThat(processor.getDequantise().getQ40().getValue())
        .isCloseTo(1e10 / Kind.PRODUCTS_Q4_0.ordinal(), withPercentage(0.1));
    assertThat(processor.getDequantise().getQ6K().getValue())
        .isCloseTo(1e10 / Kind.PRODUCTS_Q6_K.ordinal(), withPercentage(0.1));
    assertThat(processor.getLongVectorsList())
        .extracting(LongVectors::getLength)
        .containsExactly(2048.0, 4096.0, 6144.0);
    assertThat(processor.getLongVectors(2).getDequantise().getQ80().getValue())
        .isCloseTo(0.25e10 / Kind.PRODUCTS_Q8_0.ordinal(), withPercentage(0.1));
    assertThat(processor.getMultiplyPerVector().getQ4K().getValue())
        .isCloseTo(1e-7, withPercentage(0.1));
    assertThat(processor.getMultiplyPerVector().getQ6K().getSource())
        .contains("products with q6_k in rows and columns of 256 by 4 threads");
    assertThat(processor.getLongVectors(0).getDequantise().getQ80().getSource())
        .startsWith("products with q8_0 in rows and columns of 2048 by 4 threads");
    assertThat(processor.getLongVectors(1).getDequantise().getQ80().getSource())
        .startsWith("products with q8_0 in columns of 4096 by 4 threads");
  }

  /** A line through 256 and 2,048 weights of 4.5 bits, up to what 8,192 take. */
  @Test
  void gathering_isALineUpToWhatALongColumnTakes() throws IOException {
    putAll(4e8);
    Processor processor = profile().getProcessor();
    double perWeight = 1e-7 / 1792;
    double each = 2e-7 - 2048 * perWeight;
    assertThat(processor.getGatherPerUnit().getValue()).isCloseTo(each, withPercentage(0.1));
    assertThat(processor.getGatherPerByte().getValue() * 4.5 / 8)
        .isCloseTo(perWeight, withPercentage(0.1));
    assertThat(processor.getGatherBytes().getValue() * processor.getGatherPerByte().getValue())
        .isCloseTo(2.5e-7 - each, withPercentage(0.1));
    put(Measured.products(Kind.GATHER, 8192, CORES), each + 8192 * perWeight);
    assertThat(profile().getProcessor().hasGatherBytes()).isFalse();
  }

  /** Without asynchronous reads a window takes 172 us and 16 pages, with them half of 218 us. */
  @ParameterizedTest
  @CsvSource({"300e6, false", "375e6, false", "400e6, false", "500e6, true", "900e6, true"})
  void faultsOfMappedFiles_areWhatWasMeasured(double scan, boolean asynchronous)
      throws IOException {
    putAll(scan);
    PageCache cache = profile().getFlash().getPageCache();
    assertThat(cache.getPageSize().getValue()).isEqualTo(4096);
    assertThat(cache.getReadAhead().getValue()).isEqualTo(WINDOW);
    assertThat(cache.getReadAhead().getProvenance()).isEqualTo(Provenance.MEASURED);
    assertThat(cache.getFault().getValue()).isEqualTo(8e-6);
    assertThat(cache.getFault().getSource()).startsWith("a fault of a mapped page beside a read");
    assertThat(cache.getFaultThreads().getValue()).isEqualTo(CORES);
    assertThat(cache.getHit().getValue()).isEqualTo(2e-7);
    assertThat(cache.getAsynchronous()).isEqualTo(asynchronous);
    // 16 windows of 65,536 B: each 8 us and 163.84 us, or 8 us and 8 times 218.45 us; 16 x 0.2 us.
    assertThat(cache.getReadAhead().getSource())
        .contains(" MB/s in a scan of 1 MiB of a mapped file by 1 thread, median of 1, ")
        .endsWith(
            String.format(
                Locale.ROOT,
                "beside %.1f MB/s with asynchronous reads and %.1f MB/s without",
                SCANNED / (8 + 8 * 2 * WINDOW / 600.0 + 256 * 0.2),
                SCANNED / (16 * (8 + WINDOW / 400.0) + 256 * 0.2)));
  }

  @Test
  void whatFetchesTakeLongerThanReads_isOfTheirLanesAndBytes() throws IOException {
    putAll(4e8);
    Flash flash = profile().getFlash();
    assertThat(flash.getHandOver().getValue()).isEqualTo(3e-6);
    assertThat(flash.getHandOverPerLane().getValue()).isCloseTo(5e-6, withPercentage(0.1));
    assertThat(flash.getCopyBandwidth().getValue()).isCloseTo(5e9, withPercentage(0.1));
    assertThat(flash.getProcessorPerRead().getValue()).isCloseTo(7e-6, withPercentage(0.1));
    assertThat(flash.getProcessorPerByte().getValue()).isCloseTo(1e-10, withPercentage(0.1));
    assertThat(flash.getProcessorPerByte().getSource())
        .startsWith("products beside a fetch of 1 read of 64 KiB, median of 1, ");
    assertThat(flash.getCopyBandwidth().getSource())
        .startsWith("a fetch of 1 read of 64 KiB, median of 1, ")
        .contains("; a fetch of 2 reads of 4 KiB, median of 1, ");
  }

  @Test
  void aReadAheadThatTheSystemDoesNotTell_isAssumed() throws IOException {
    putAll(4e8);
    values.remove(Measured.of(Kind.READ_AHEAD, 1));
    PageCache cache = profile().getFlash().getPageCache();
    assertThat(cache.getReadAhead().getValue()).isEqualTo(128 << 10);
    assertThat(cache.getReadAhead().getProvenance()).isEqualTo(Provenance.ASSUMED);
  }

  @Test
  void withoutFaults_thereIsNoPageCache_andAllElseStays() throws IOException {
    putAll(4e8);
    Flash with = profile().getFlash();
    values.remove(Measured.of(Kind.FAULT, 1));
    assertThat(profile().getFlash()).isEqualTo(with.toBuilder().clearPageCache().build());
  }
}
