package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole Arrow files that are no whole traces: what is wrong with each is said in one line. */
class TraceContractTest {
  private static final TraceManifest MANIFEST = Traces.manifest(2, 3);

  @TempDir Path folder;

  @Test
  void arrowFileWithoutManifest_isNoTrace() throws Exception {
    assertError(
        file(Map.of(), rows(0, 0, 1)),
        "is an Arrow file but no trace: no metadata 'dipper.manifest'");
  }

  @Test
  void manifestThatIsNoJson_isUnreadable() throws Exception {
    Path file = file(Map.of(TraceLayout.MANIFEST_KEY, "{\"formatVersion\": "), rows(0, 0, 1));
    assertThatThrownBy(() -> TraceReader.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": metadata 'dipper.manifest' is unreadable: End of input");
  }

  @Test
  void laterFormatVersion_isRefused() throws Exception {
    assertError(file(m -> m.setFormatVersion(2)), "dipper.manifest: format version 2, want 1");
  }

  @Test
  void unknownSite_isNamed() throws Exception {
    assertError(
        file(m -> m.setSites(1, "silu")),
        "dipper.manifest: unknown site 'silu', want some of x, gate, up, glu, router, router_ahead, expert_gate, expert_up, expert_glu, experts, expert_weights");
  }

  @Test
  void widthOtherThanTheManifests_namesTheColumn() throws Exception {
    Path file = file(m -> m.setModel(model().setHiddenSize(6)));
    assertThatThrownBy(() -> TraceReader.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            file
                + ": its columns are not its manifest's: column 4 is 'layers.0.x: FixedSizeList(5)")
        .hasMessageContaining("want 'layers.0.x: FixedSizeList(6)");
  }

  @Test
  void missingLayer_isSeen() throws Exception {
    assertError(
        file(m -> m.setModel(model().setLayers(3))),
        "its columns are not its manifest's: it has 12 columns, want 16");
  }

  @Test
  void hugeLayerCount_costsNoMemory() throws Exception {
    assertError(
        file(m -> m.setModel(model().setLayers(Integer.MAX_VALUE))),
        "its columns are not its manifest's: it has 12 columns, want 8589934592");
  }

  @Test
  void fewerTokensThanTheManifest_areCounted() throws Exception {
    assertError(
        file(m -> m.setTokens(7)), "holds 6 tokens in 2 sequences, its manifest says 7 in 2");
  }

  @Test
  void gapInPositions_namesColumnBatchAndRow() throws Exception {
    assertError(
        file(json(MANIFEST), rows(0, 0, 1, 0, 1, 1, 0, 3, 1)),
        "column position, record batch 0, row 2: 3, want 2");
  }

  @Test
  void sequenceThatDoesNotBeginAtZero_isNamed() throws Exception {
    assertError(
        file(json(MANIFEST), rows(0, 0, 1, 1, 1, 1)),
        "column sequence, record batch 0, row 1: 1, want 0, or 1 at position 0");
    assertError(
        file(json(MANIFEST), rows(1, 0, 1)),
        "column sequence, record batch 0, row 0: 1, want 0 at position 0");
  }

  @Test
  void tokenBeyondTheVocabulary_isNamed() throws Exception {
    TraceManifest three = MANIFEST.toBuilder().setSequences(1).setTokens(3).build();
    Path file = file(json(three), rows(0, 0, 1, 0, 1, 100, 0, 2, 1));
    TraceReader trace = TraceReader.open(file);
    assertThatThrownBy(trace::tokenIds)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file + ": column token, record batch 0, row 1: 100 is not in the vocabulary of 100");
  }

  @Test
  void normsOfAnotherModel_areRefused() throws Exception {
    Map<String, String> metadata = json(MANIFEST);
    metadata.put(TraceLayout.NORMS_KEY, "AACAPw==");
    assertError(file(metadata, Traces.block(MANIFEST, 1)), "dipper.norms: 4 bytes, want 136");
  }

  @Test
  void promisedChecksumsThatAreMissing_areSeen() throws Exception {
    assertError(file(m -> m.setChecksums(true)), "has 1 record batches and 0 checksums");
  }

  @Test
  void absentSite_isNamedWithTheCommandThatRecordsIt() throws Exception {
    TraceManifest without = MANIFEST.toBuilder().clearSites().addSites("x").addSites("glu").build();
    TraceBlock block = TraceBlock.of(without, 6);
    for (int row = 0; row < 6; row++) {
      block.add(row / 3, row % 3, row);
    }
    Path file = Traces.write(folder.resolve("two-sites.arrow"), without, block);
    TraceReader trace = TraceReader.open(file);
    assertThatThrownBy(() -> trace.column(1, Site.GATE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + ": site 'gate' was not recorded; record it with:"
                + " dipper trace --sites x,glu,gate --model tiny ...");
    assertThatThrownBy(() -> trace.column(2, Site.X)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void compressedCopy_isRefused() throws Exception {
    Path file = folder.resolve("compressed.arrow");
    Python.run(
        """
        import sys, pyarrow as pa
        source = pa.ipc.open_file(sys.argv[1])
        options = pa.ipc.IpcWriteOptions(compression='zstd')
        with pa.ipc.new_file(sys.argv[2], source.schema, options=options) as copy:
            copy.write_table(source.read_all())
        """,
        Traces.GOLDEN,
        file);
    assertError(file, "record batch 0 is compressed; a trace is written uncompressed");
  }

  private static void assertError(Path file, String message) {
    assertThatThrownBy(() -> TraceReader.open(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": " + message);
  }

  private static ModelShape.Builder model() {
    return MANIFEST.getModel().toBuilder();
  }

  /** Triples of sequence, position and token; the activations are zero. */
  private static TraceBlock rows(int... triples) {
    TraceBlock block = TraceBlock.of(MANIFEST, triples.length / 3);
    for (int i = 0; i < triples.length; i += 3) {
      block.add(triples[i], triples[i + 1], triples[i + 2]);
    }
    return block;
  }

  private static Map<String, String> json(TraceManifest manifest) throws IOException {
    return new HashMap<>(Map.of(TraceLayout.MANIFEST_KEY, JsonFormat.printer().print(manifest)));
  }

  /** A good trace with another manifest. */
  private Path file(UnaryOperator<TraceManifest.Builder> change) throws IOException {
    return file(json(change.apply(MANIFEST.toBuilder()).build()), Traces.block(MANIFEST, 1));
  }

  /** Writes an Arrow file of the manifest's columns, whatever its rows and metadata are. */
  private Path file(Map<String, String> metadata, TraceBlock block) throws IOException {
    Path file = folder.resolve("forged.arrow");
    TraceLayout layout = TraceLayout.of(MANIFEST);
    try (BufferAllocator allocator = new RootAllocator();
        BatchBuffers buffers = new BatchBuffers(file, layout, allocator, block.rows());
        FileChannel out =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      BatchFileWriter writer =
          BatchFileWriter.create(layout.schema(metadata), allocator, out, Map.of());
      writer.start();
      try (ArrowRecordBatch batch = buffers.batch(block, 0, block.rows(), 0)) {
        writer.write(batch);
      }
      writer.end();
    }
    return file;
  }
}
