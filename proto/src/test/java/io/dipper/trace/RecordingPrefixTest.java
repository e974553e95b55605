package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.TraceManifest;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prefixes of three sequences of four tokens. */
class RecordingPrefixTest {
  @TempDir Path folder;
  private TraceReader whole;

  @BeforeEach
  void record() {
    TraceManifest manifest = Traces.manifest(3, 4);
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, Traces.block(manifest, 1));
    whole = TraceReader.open(file);
  }

  @AfterEach
  void close() {
    whole.close();
  }

  @Test
  void firstTokens_cutTheSequenceInWhichTheyEnd() {
    assertThat(RecordingPrefix.ofTokens(whole, 3).sequenceLengths()).containsExactly(3);
    assertThat(RecordingPrefix.ofTokens(whole, 4).sequenceLengths()).containsExactly(4);
    assertThat(RecordingPrefix.ofTokens(whole, 6).sequenceLengths()).containsExactly(4, 2);
    assertThat(RecordingPrefix.ofTokens(whole, 100).sequenceLengths()).containsExactly(4, 4, 4);
  }

  @Test
  void firstSequences_areWhole() {
    assertThat(RecordingPrefix.ofSequences(whole, 2).sequenceLengths()).containsExactly(4, 4);
    assertThat(RecordingPrefix.ofSequences(whole, 9).sequenceLengths()).containsExactly(4, 4, 4);
  }

  @Test
  void columns_haveTheWholesFirstRowsAndNoMore() {
    for (RecordingPrefix prefix :
        new RecordingPrefix[] {
          RecordingPrefix.ofTokens(whole, 6), RecordingPrefix.ofSequences(whole, 2)
        }) {
      int tokens = Arrays.stream(prefix.sequenceLengths()).sum();
      for (Site site : whole.sites()) {
        SiteColumn column = prefix.column(1, site);
        assertThat(column.rows()).isEqualTo(tokens);
        assertThat(column.width()).isEqualTo(whole.column(1, site).width());
        for (int row = 0; row < tokens; row++) {
          assertThat(row(column, row)).containsExactly(row(whole.column(1, site), row));
        }
      }
    }
  }

  @Test
  void everythingElse_isTheWholes() {
    RecordingPrefix prefix = RecordingPrefix.ofTokens(whole, 1);

    assertThat(prefix.model()).isEqualTo(whole.model());
    assertThat(prefix.sites()).isEqualTo(whole.sites());
    assertThat(prefix.norms()).isEqualTo(whole.norms());
  }

  private static short[] row(SiteColumn column, int row) {
    short[] values = new short[column.width()];
    column.read(row, values);
    return values;
  }
}
