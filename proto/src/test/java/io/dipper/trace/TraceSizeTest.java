package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.TraceManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSizeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, 2", "3, 200", "40, 7", "2, 3000"})
  void size_isAtLeastThatOfTheFile_andNotMuchMore(int sequences, int length) throws Exception {
    TraceManifest manifest = Traces.manifest(sequences, length);
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, Traces.block(manifest, 1));
    long rows = manifest.getTokens() * TraceLayout.of(manifest).bytesPerRow();
    assertThat(TraceSize.of(manifest, false))
        .isBetween(Files.size(file), Files.size(file) + rows / 50 + 30_000 + 2_000L * sequences);
  }

  @Test
  void sizeOfARecordedModel_isWithinTwoHundredths_norms_too() throws Exception {
    long actual = Files.size(Traces.GOLDEN);
    try (TraceReader golden = TraceReader.open(Traces.GOLDEN)) {
      assertThat((double) TraceSize.of(golden.manifest(), golden.norms() != null))
          .isBetween(1.0 * actual, 1.02 * actual);
    }
  }
}
