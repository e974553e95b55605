package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.TraceManifest;
import io.dipper.proto.TraceSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {
  @TempDir Path folder;

  @Test
  void goldenTrace_writtenAgain_isTheSameToArrowsReader() {
    Path file = folder.resolve("again.arrow");
    try (TraceReader golden = TraceReader.open(Traces.GOLDEN)) {
      Traces.copy(golden, file, 100);
    }
    ArrowOracle expected = ArrowOracle.read(Traces.GOLDEN);
    ArrowOracle actual = ArrowOracle.read(file);
    assertThat(actual.schema().getFields()).isEqualTo(expected.schema().getFields());
    assertThat(actual.schema().getCustomMetadata().get(TraceLayout.NORMS_KEY))
        .isEqualTo(expected.schema().getCustomMetadata().get(TraceLayout.NORMS_KEY));
    assertThat(actual.batchRows()).containsExactly(100, 100, 100, 84);
    assertThat(actual.sequence()).isEqualTo(expected.sequence());
    assertThat(actual.position()).isEqualTo(expected.position());
    assertThat(actual.token()).isEqualTo(expected.token());
    assertThat(actual.nll()).isEqualTo(expected.nll());
    for (String column : expected.sites().keySet()) {
      assertThat(actual.site(column).toArray(short[][]::new))
          .as(column)
          .isDeepEqualTo(expected.site(column).toArray(short[][]::new));
    }
  }

  @Test
  void writtenTrace_readBack_saysTheSame() {
    TraceManifest manifest = Traces.manifest(3, 40);
    TraceBlock block = Traces.block(manifest, 1);
    ColumnNorms norms =
        new ColumnNorms(
            new float[][] {{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}},
            new float[][] {{5, 4, 3, 2, 1}, {0, 1, 0, 1, 0}},
            new float[][] {{1, 1, 2, 3, 5, 8, 13}, {7, 6, 5, 4, 3, 2, 1}});
    Path file = folder.resolve("t.arrow");
    try (TraceWriter writer = TraceWriter.create(file, manifest, norms)) {
      writer.append(block);
      writer.finish();
    }
    try (TraceReader trace = TraceReader.open(file)) {
      assertThat(trace.manifest()).isEqualTo(manifest.toBuilder().setChecksums(true).build());
      assertThat(trace.sequenceLengths()).containsExactly(40, 40, 40);
      ColumnNorms read = Objects.requireNonNull(trace.norms());
      assertThat(read.gate(1)).containsExactly(0, 1, 0, 1, 0);
      assertThat(read.down(0)).containsExactly(1, 1, 2, 3, 5, 8, 13);
      for (int layer = 0; layer < 2; layer++) {
        for (Site site : Site.ofDenseLayers()) {
          assertSame(trace.column(layer, site), block.values(layer, site));
        }
      }
    }
  }

  private static void assertSame(SiteColumn column, short[] expected) {
    short[] row = new short[column.width()];
    for (int i = 0; i < column.rows(); i++) {
      column.read(i, row);
      for (int j = 0; j < row.length; j++) {
        assertThat(row[j]).isEqualTo(expected[i * row.length + j]);
      }
    }
  }

  @Test
  void batches_haveAtMost256RowsAndAChecksumEach() {
    TraceManifest manifest = Traces.manifest(3, 200);
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, Traces.block(manifest, 2));
    ArrowOracle arrow = ArrowOracle.read(file);
    assertThat(arrow.batchRows()).containsExactly(256, 256, 88);
    assertThat(arrow.footer()).containsKey(TraceLayout.SUMMARY_KEY);
    try (TraceReader trace = TraceReader.open(file)) {
      TraceSummary summary = trace.summary().orElseThrow();
      assertThat(summary.getTokens()).isEqualTo(600);
      assertThat(summary.getSequences()).isEqualTo(3);
      assertThat(summary.getBatchCrc32CCount()).isEqualTo(3);
    }
  }

  @Test
  void saturations_areCountedInTheSummary() {
    TraceManifest manifest = Traces.manifest(1, 2);
    TraceBlock block = Traces.block(manifest, 3);
    block.clear();
    block.add(0, 0, 1);
    block.add(0, 1, 2);
    block.put(1, Site.X, 0, 2, new float[] {1e6f, -7e4f, 65504f, 0, 0, 0, 0, 1, 2, -1e38f});
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, block);
    try (TraceReader trace = TraceReader.open(file)) {
      assertThat(trace.summary().orElseThrow().getSaturated()).isEqualTo(3);
      short[] row = new short[5];
      trace.column(1, Site.X).read(0, row);
      assertThat(Fp16.decode(row[0])).isEqualTo(65504f);
      assertThat(Fp16.decode(row[1])).isEqualTo(-65504f);
    }
  }

  @Test
  void notFiniteActivation_isNamedByColumnAndRow() {
    TraceManifest manifest = Traces.manifest(2, 200);
    TraceBlock block = Traces.block(manifest, 4);
    block.values(1, Site.GLU)[301 * 7 + 3] = Fp16.encode(Float.NaN);
    Path file = folder.resolve("t.arrow");
    try (TraceWriter writer = TraceWriter.create(file, manifest, null)) {
      assertThatThrownBy(() -> writer.append(block))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("column layers.1.glu, row 301");
    }
  }

  @Test
  void recordingLeftEarly_leavesNothing() {
    TraceManifest manifest = Traces.manifest(2, 50);
    Path file = folder.resolve("t.arrow");
    Path partial = folder.resolve("t.arrow.partial");
    try (TraceWriter writer = TraceWriter.create(file, manifest, null)) {
      writer.append(Traces.block(manifest, 5));
      assertThat(partial).exists();
      assertThatThrownBy(() -> TraceReader.open(partial))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is cut short");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void earlierTrace_isReplacedOnlyWhenTheNewOneIsWhole() throws Exception {
    TraceManifest manifest = Traces.manifest(1, 10);
    Path file = Traces.write(folder.resolve("t.arrow"), manifest, Traces.block(manifest, 6));
    byte[] before = Files.readAllBytes(file);
    try (TraceWriter writer = TraceWriter.create(file, manifest, null)) {
      writer.append(Traces.block(manifest, 7));
      assertThat(file).hasBinaryContent(before);
      writer.finish();
    }
    assertThat(Files.readAllBytes(file)).isNotEqualTo(before).hasSameSizeAs(before);
    assertThat(folder.resolve("t.arrow.partial")).doesNotExist();
  }

  @Test
  void sameRecording_makesTheSameBytes() throws Exception {
    TraceManifest manifest = Traces.manifest(2, 30);
    Path a = Traces.write(folder.resolve("a.arrow"), manifest, Traces.block(manifest, 8));
    Path b = Traces.write(folder.resolve("b.arrow"), manifest, Traces.block(manifest, 8));
    assertThat(a).hasSameBinaryContentAs(b);
  }

  @Test
  void nameThatCannotBeTaken_leavesTheWholeTraceAside() throws Exception {
    TraceManifest manifest = Traces.manifest(1, 10);
    Path file = folder.resolve("t.arrow");
    Path partial = folder.toRealPath().resolve("t.arrow.partial");
    try (TraceWriter writer = TraceWriter.create(file, manifest, null)) {
      writer.append(Traces.block(manifest, 10));
      Files.createDirectories(file.resolve("in-the-way"));
      assertThatThrownBy(writer::finish)
          .isInstanceOf(UserException.class)
          .hasMessage(file + ": cannot be replaced; all of it is in " + partial);
    }
    try (TraceReader trace = TraceReader.open(partial)) {
      assertThat(trace.tokenIds()).hasSize(10);
    }
  }

  @Test
  void missingFolder_isNamed() {
    Path file = folder.resolve("nowhere/t.arrow");
    assertThatThrownBy(() -> TraceWriter.create(file, Traces.manifest(1, 10), null))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + ": cannot be written (its folder does not exist); free space or name another"
                + " place");
  }

  @Test
  void fewerTokensThanTheManifestPromises_isABugOfTheRecorder() {
    TraceManifest manifest = Traces.manifest(2, 30);
    TraceManifest larger = manifest.toBuilder().setTokens(61).build();
    try (TraceWriter writer = TraceWriter.create(folder.resolve("t.arrow"), larger, null)) {
      writer.append(Traces.block(manifest, 9));
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void rowsOutOfOrder_areABugOfTheRecorder() {
    TraceManifest manifest = Traces.manifest(1, 3);
    for (int[] wrong : new int[][] {{0, 1}, {1, 0}, {0, 0, 0, 2}, {0, 0, 1, 1}}) {
      TraceBlock block = TraceBlock.of(manifest, 3);
      for (int i = 0; i < wrong.length; i += 2) {
        block.add(wrong[i], wrong[i + 1], 0);
      }
      try (TraceWriter writer = TraceWriter.create(folder.resolve("t.arrow"), manifest, null)) {
        assertThatThrownBy(() -> writer.append(block)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void pyarrow_readsWhatWeWrite() throws Exception {
    Path file = folder.resolve("again.arrow");
    try (TraceReader golden = TraceReader.open(Traces.GOLDEN)) {
      Traces.copy(golden, file, 100);
    }
    String script =
        """
        import sys, pyarrow as pa
        a, b = (pa.ipc.open_file(f) for f in sys.argv[1:])
        assert a.schema.equals(b.schema), a.schema
        assert a.read_all().equals(b.read_all())
        assert set(a.schema.metadata) == set(b.schema.metadata)
        assert b'dipper.summary' in a.metadata, a.metadata
        print(a.num_record_batches)
        """;
    assertThat(Python.run(script, file, Traces.GOLDEN)).isEqualTo("4\n");
  }
}
