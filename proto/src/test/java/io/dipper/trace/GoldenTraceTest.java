package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The golden trace, written by pyarrow, read as Arrow's own reader reads it. */
class GoldenTraceTest {
  private static final Path GOLDEN = Traces.GOLDEN;

  @Test
  void manifest_saysWhatWasRecorded() {
    try (TraceReader trace = TraceReader.open(GOLDEN)) {
      assertThat(trace.manifest().getModel().getHiddenSize()).isEqualTo(192);
      assertThat(trace.manifest().getProtocol()).isEqualTo("disjoint-128");
      assertThat(trace.tokens()).isEqualTo(384);
      assertThat(trace.sites()).isEqualTo(Site.ofDenseLayers());
      assertThat(trace.sequences())
          .containsExactly(
              new SequenceSpan(0, 0, 128),
              new SequenceSpan(1, 128, 128),
              new SequenceSpan(2, 256, 128));
      assertThat(trace.summary()).hasValueSatisfying(s -> assertThat(s.getTokens()).isEqualTo(384));
    }
  }

  @Test
  void everyValue_isTheOneThatArrowsReaderReads() {
    ArrowOracle oracle = ArrowOracle.read(GOLDEN);
    try (TraceReader trace = TraceReader.open(GOLDEN)) {
      assertThat(trace.tokenIds()).containsExactly(oracle.token().toArray(Integer[]::new));
      assertThat(trace.nll()).containsExactly(oracle.nll().toArray(Float[]::new));
      assertThat(IntStream.range(0, 384).filter(i -> Float.isNaN(trace.nll()[i])))
          .as("null at the last position of each sequence")
          .containsExactly(127, 255, 383);
      assertThat(oracle.sites()).hasSize(24);
      for (int layer = 0; layer < 6; layer++) {
        for (Site site : Site.ofDenseLayers()) {
          assertSameRows(trace.column(layer, site), oracle, site.column(layer));
        }
      }
    }
  }

  private static void assertSameRows(SiteColumn column, ArrowOracle oracle, String name) {
    assertThat(column.rows()).isEqualTo(384);
    short[] row = new short[column.width()];
    for (int i = 0; i < column.rows(); i++) {
      column.read(i, row);
      assertThat(Arrays.equals(row, oracle.site(name).get(i))).as(name + " row " + i).isTrue();
    }
  }

  @Test
  void tokenIds_areTheRecordedTokens() throws Exception {
    ByteBuffer ids =
        ByteBuffer.wrap(Files.readAllBytes(SharedData.testdata("golden/bookworm.ids.i32le")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int[] expected = new int[ids.remaining() / Integer.BYTES];
    ids.asIntBuffer().get(expected);
    try (TraceReader trace = TraceReader.open(GOLDEN)) {
      assertThat(trace.tokenIds()).isEqualTo(expected);
    }
  }

  @Test
  void norms_haveOneValuePerColumnOfEachMatrix() {
    try (TraceReader trace = TraceReader.open(GOLDEN)) {
      ColumnNorms norms = Objects.requireNonNull(trace.norms());
      for (int layer = 0; layer < 6; layer++) {
        assertThat(norms.up(layer)).hasSize(192);
        assertThat(norms.gate(layer)).hasSize(192);
        assertThat(norms.down(layer)).hasSize(512);
      }
      assertThat(norms.up(0)[0]).isEqualTo(Float.intBitsToFloat(0x409bdecb));
    }
  }

  @Test
  void sha256_isThatOfTheFile() {
    try (TraceReader trace = TraceReader.open(GOLDEN)) {
      assertThat(trace.sha256())
          .isEqualTo("077853609d92c3331d97accdc1bf496fe0633d62ea2b846426b4b965cc428ea1");
    }
  }
}
