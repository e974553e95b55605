package io.dipper.trace;

import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;

/**
 * The size that a trace will have, told from its manifest: rows, and beside them what Arrow adds to
 * each batch and column, rounded up.
 */
public final class TraceSize {
  /** The bytes of a batch's message, beside its buffers and nodes. */
  private static final int BATCH_BYTES = 512;

  /** The bytes of a column and its list's item in a schema, their names included. */
  private static final int FIELD_BYTES = 320;

  /** A validity buffer, and perhaps one of values, at 16 bytes each, and a node of 16. */
  private static final int COLUMN_BYTES = 5 * 16;

  /** Buffers begin at multiples of this. */
  private static final int ALIGNMENT = 8;

  private TraceSize() {}

  /**
   * Bytes of the file, at most a few hundredths above what it will be.
   *
   * @param norms whether the model's column norms are in it
   */
  public static long of(TraceManifest manifest, boolean norms) {
    TraceLayout layout = TraceLayout.of(manifest);
    long columns = TraceLayout.TOKEN_FIELDS.size() + (long) layout.siteColumns();
    int rows = TraceWriter.batchRows(layout);
    int sequences = Math.max(1, manifest.getSequences());
    long perSequence = Math.floorDiv(manifest.getTokens(), sequences) / rows + 1;
    long batches = Math.max(perSequence * sequences, manifest.getTokens() / rows + 1L);
    long batch = BATCH_BYTES + columns * (COLUMN_BYTES + 2 * ALIGNMENT);
    long schema = manifest.getSerializedSize() * 2L + columns * FIELD_BYTES;
    if (norms) {
      ModelShape shape = manifest.getModel();
      long values = 2L * shape.getHiddenSize() + shape.getIntermediateSize();
      schema += (values * shape.getLayers() * Float.BYTES + 2) / 3 * 4;
    }
    // The schema stands at both ends.
    return manifest.getTokens() * layout.bytesPerRow() + batches * batch + 2 * schema;
  }
}
