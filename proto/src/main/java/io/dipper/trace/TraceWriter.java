package io.dipper.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.dipper.error.UserException;
import io.dipper.files.CannotWrite;
import io.dipper.files.OutputFile;
import io.dipper.proto.TraceManifest;
import io.dipper.proto.TraceSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trace file as it is recorded, in bounded memory: record batches of at most 256 tokens
 * and about 32 MiB. Not safe for use by many threads.
 *
 * <p>The rows go to {@code NAME.partial}; {@link #finish} writes the footer, forces everything to
 * the disk and gives the file its name, so that a file of that name is always whole. A recording
 * that is left early, or cannot be written, leaves nothing.
 */
public final class TraceWriter implements AutoCloseable {
  private static final int MAX_BATCH_ROWS = 256;
  private static final long MAX_BATCH_BYTES = 32L << 20;

  private final OutputFile output;
  private final TraceManifest manifest;
  private final int maxRows;
  private final BufferAllocator allocator = new RootAllocator();
  private final BatchBuffers buffers;
  private final Map<String, String> footer = new LinkedHashMap<>();
  private final BatchFileWriter writer;
  private final TraceSummary.Builder summary = TraceSummary.newBuilder();
  private int position = -1;
  private boolean closed;

  private TraceWriter(OutputFile output, TraceManifest manifest, @Nullable ColumnNorms norms) {
    this.output = output;
    this.manifest = manifest.toBuilder().setChecksums(true).build();
    TraceLayout layout = TraceLayout.of(manifest);
    this.maxRows = batchRows(layout);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(TraceLayout.MANIFEST_KEY, json(this.manifest));
    if (norms != null) {
      metadata.put(TraceLayout.NORMS_KEY, NormsCodec.encode(norms));
    }
    this.buffers = new BatchBuffers(output.path(), layout, allocator, maxRows);
    this.writer =
        BatchFileWriter.create(layout.schema(metadata), allocator, output.channel(), footer);
  }

  /** The most rows of a record batch. */
  static int batchRows(TraceLayout layout) {
    long rowsOfBytes = Math.max(1, MAX_BATCH_BYTES / layout.bytesPerRow());
    return (int) Math.min(MAX_BATCH_ROWS, rowsOfBytes);
  }

  /**
   * Begins a trace, in place of one that is there.
   *
   * @param manifest what will be recorded; its sequences and tokens must be those then appended
   * @param norms the model's column norms, or null to write none
   * @throws UserException where the file cannot be written
   * @throws IllegalArgumentException where the manifest describes no trace
   */
  public static TraceWriter create(Path file, TraceManifest manifest, @Nullable ColumnNorms norms) {
    return create(OutputFile.recording(file, OutputFile.Existing.REPLACED), manifest, norms);
  }

  /**
   * Begins a trace in an output that is claimed already, and closed with the writer.
   *
   * @param manifest what will be recorded; its sequences and tokens must be those then appended
   * @param norms the model's column norms, or null to write none
   * @throws UserException where the file cannot be written
   * @throws IllegalArgumentException where the manifest describes no trace
   */
  public static TraceWriter create(
      OutputFile output, TraceManifest manifest, @Nullable ColumnNorms norms) {
    try {
      TraceWriter writer = new TraceWriter(output, manifest, norms);
      try {
        writer.writer.start();
        return writer;
      } catch (IOException e) {
        throw writer.failed(e);
      }
    } catch (RuntimeException e) {
      output.close();
      throw e;
    }
  }

  /**
   * Writes a block's rows.
   *
   * @throws UserException where a value is not finite, or the disk is full
   */
  public void append(TraceBlock block) {
    for (int from = 0; from < block.rows(); from += maxRows) {
      int rows = Math.min(maxRows, block.rows() - from);
      checkOrder(block, from, rows);
      try (ArrowRecordBatch batch = buffers.batch(block, from, rows, summary.getTokens())) {
        summary.addBatchCrc32C(writer.write(batch));
      } catch (IOException e) {
        throw failed(e);
      }
      summary.setTokens(summary.getTokens() + rows);
    }
    summary.setSaturated(summary.getSaturated() + block.saturated());
  }

  /**
   * Completes the file and gives it its name.
   *
   * @return what was written
   */
  public TraceSummary finish() {
    if (summary.getTokens() != manifest.getTokens()
        || summary.getSequences() != manifest.getSequences()) {
      throw new IllegalStateException(
          "recorded " + summary + ", the manifest promises " + manifest.getTokens() + " tokens");
    }
    TraceSummary done = summary.build();
    footer.put(TraceLayout.SUMMARY_KEY, json(done));
    try {
      writer.end();
      output.commit();
    } catch (IOException e) {
      throw failed(e);
    } finally {
      close();
    }
    return done;
  }

  /** Ends the recording; without {@link #finish} before, nothing is left of it. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    buffers.close();
    allocator.close();
    output.close();
  }

  /** Sequences follow one another from 0, positions from 0 in each: what readers will check. */
  private void checkOrder(TraceBlock block, int from, int rows) {
    for (int row = from; row < from + rows; row++) {
      boolean next = block.position(row) == 0;
      int wantSequence = summary.getSequences() - (next ? 0 : 1);
      if (block.sequence(row) != wantSequence || !(next || block.position(row) == position + 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "position %d of sequence %d follows position %d of sequence %d",
                block.position(row),
                block.sequence(row),
                position,
                summary.getSequences() - 1));
      }
      position = block.position(row);
      summary.setSequences(block.sequence(row) + 1);
    }
  }

  /** A failed write: nothing of the file can be used, so nothing is left. */
  private UserException failed(IOException cause) {
    close();
    return CannotWrite.error(output.path(), cause);
  }

  private static String json(MessageOrBuilder message) {
    try {
      return JsonFormat.printer()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace()
          .print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message without extensions has a JSON form", e);
    }
  }
}
