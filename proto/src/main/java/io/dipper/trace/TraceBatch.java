package io.dipper.trace;

import io.dipper.error.UserException;
import io.dipper.trace.SiteColumns.Column;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.message.ArrowBlock;

/**
 * One record batch of a trace, read in place from the mapped file. Its shape is checked when it is
 * made, its values by {@link BatchCheck}. Immutable and safe for use by many threads.
 */
final class TraceBatch {
  private static final int CONTINUATION = -1;
  private static final int PREFIX = 2 * Integer.BYTES;
  private static final int TOKEN_COLUMNS = TraceLayout.TOKEN_FIELDS.size();
  private static final int NLL = 3;

  private final Path file;
  private final int index;
  private final int firstRow;
  private final int rows;
  private final ByteBuffer bytes;
  private final ShortBuffer shorts;
  private final FloatBuffer floats;
  private final int[] tokenData;
  private final int[] siteData;
  private final int nllValidity;

  private TraceBatch(Path file, int index, int firstRow, ByteBuffer bytes, Parser parser) {
    this.file = file;
    this.index = index;
    this.firstRow = firstRow;
    this.rows = parser.rows;
    this.bytes = bytes;
    this.shorts = bytes.asShortBuffer();
    this.floats = bytes.asFloatBuffer();
    this.tokenData = parser.tokenData;
    this.siteData = parser.siteData;
    this.nllValidity = parser.nllValidity;
  }

  /**
   * Maps a batch.
   *
   * @param dataEnd where the file's record batches end
   * @throws UserException where the batch does not fit the layout or the file
   */
  static TraceBatch map(
      Path file,
      MappedWindows windows,
      ArrowBlock block,
      long dataEnd,
      TraceLayout layout,
      int index,
      int firstRow)
      throws IOException {
    try {
      long offset = block.getOffset();
      long metadata = block.getMetadataLength();
      long body = block.getBodyLength();
      boolean inside =
          offset >= PREFIX
              && metadata > PREFIX
              && body >= 0
              && offset <= dataEnd
              && metadata <= dataEnd - offset
              && body <= dataEnd - offset - metadata;
      require(inside && offset % 8 == 0 && metadata % 8 == 0, "lies outside of the file");
      require(metadata + body <= Integer.MAX_VALUE, "is larger than 2 GiB");
      ByteBuffer bytes = windows.slice(offset, (int) (metadata + body));
      Parser parser = new Parser(bytes, (int) metadata, body, layout);
      require(parser.rows <= Integer.MAX_VALUE - firstRow, "has too many rows");
      return new TraceBatch(file, index, firstRow, bytes, parser);
    } catch (Malformed e) {
      throw UserException.in(file, "record batch " + index + " " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      throw new UserException(file + ": record batch " + index + " has unreadable metadata", e);
    }
  }

  int firstRow() {
    return firstRow;
  }

  int rows() {
    return rows;
  }

  /** The batch's bytes in the file: metadata and body. */
  ByteBuffer bytes() {
    return bytes.duplicate().order(bytes.order());
  }

  int sequence(int row) {
    return bytes.getInt(tokenData[0] + Integer.BYTES * row);
  }

  int position(int row) {
    return bytes.getInt(tokenData[1] + Integer.BYTES * row);
  }

  int token(int row) {
    return bytes.getInt(tokenData[2] + Integer.BYTES * row);
  }

  /** NaN where it is null. */
  float nll(int row) {
    return hasNll(row) ? bytes.getFloat(tokenData[NLL] + Float.BYTES * row) : Float.NaN;
  }

  boolean hasNll(int row) {
    return nllValidity < 0 || (bytes.get(nllValidity + (row >> 3)) >> (row & 7) & 1) != 0;
  }

  /** Where a site column's values begin in {@link #bytes()}. */
  int siteOffset(int siteColumn) {
    return siteData[siteColumn];
  }

  /** Copies a row of an fp16 column. */
  void read(int siteColumn, int width, int row, short[] out) {
    shorts.get(siteData[siteColumn] / Short.BYTES + row * width, out, 0, width);
  }

  /** Copies a row of an fp32 column. */
  void read(int siteColumn, Column column, int row, float[] out) {
    int from = siteData[siteColumn] / Float.BYTES + row * column.width();
    floats.get(from, out, 0, column.width());
  }

  /** Copies a row of an int32 column. */
  void read(int siteColumn, Column column, int row, int[] out) {
    int from = siteData[siteColumn] + Integer.BYTES * row * column.width();
    for (int i = 0; i < column.width(); i++) {
      out[i] = bytes.getInt(from + Integer.BYTES * i);
    }
  }

  /** An error in one value: file, column, batch and row of the trace. */
  UserException error(String column, int row, String what) {
    return UserException.in(
        file,
        "column " + column + ", record batch " + index + ", row " + (firstRow + row) + ": " + what);
  }

  /** An error in the batch as a whole. */
  UserException error(String what) {
    return UserException.in(file, "record batch " + index + " " + what);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new Malformed(otherwise);
    }
  }

  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /** Reads a batch's metadata and checks every length and offset in it. */
  private static final class Parser {
    private final RecordBatch batch = new RecordBatch();
    private final int metadata;
    private final long body;
    private final int rows;
    private final int[] tokenData = new int[TOKEN_COLUMNS];
    private final int[] siteData;
    private final int nllValidity;
    private int node;
    private int buffer;

    Parser(ByteBuffer bytes, int metadata, long body, TraceLayout layout) {
      this.metadata = metadata;
      this.body = body;
      int length = bytes.getInt(Integer.BYTES);
      require(
          bytes.getInt(0) == CONTINUATION && length > 0 && length <= metadata - PREFIX,
          "has no message where the footer says so");
      Message message = Message.getRootAsMessage(bytes.slice(PREFIX, length).order(bytes.order()));
      require(message.headerType() == MessageHeader.RecordBatch, "is another kind of message");
      require(message.bodyLength() == body, "has another length than the footer says");
      message.header(batch);
      require(batch.compression() == null, "is compressed; a trace is written uncompressed");
      int columns = layout.siteColumns();
      require(
          batch.nodesLength() == TOKEN_COLUMNS + 2 * columns
              && batch.buffersLength() == 2 * TOKEN_COLUMNS + 3 * columns,
          "has another number of columns than the schema");
      require(batch.length() >= 0 && batch.length() <= Integer.MAX_VALUE, "has too many rows");
      rows = (int) batch.length();
      int validity = -1;
      for (int column = 0; column < TOKEN_COLUMNS; column++) {
        String name = TraceLayout.TOKEN_FIELDS.get(column).getName();
        boolean nulls = node(name, rows, column == NLL);
        if (nulls) {
          validity = data(name, (rows + 7L) / 8);
        } else {
          buffer++;
        }
        tokenData[column] = data(name, (long) Integer.BYTES * rows);
      }
      nllValidity = validity;
      siteData = new int[columns];
      for (int column = 0; column < columns; column++) {
        String name = layout.name(column);
        node(name, rows, false);
        node(name, (long) rows * layout.width(column), false);
        buffer += 2;
        siteData[column] = data(name, rows * layout.column(column).bytesPerRow());
      }
    }

    /** Checks the next node; says whether it has nulls. */
    private boolean node(String column, long length, boolean nullable) {
      var next = batch.nodes(node++);
      require(next.length() == length, "has " + next.length() + " values in column " + column);
      require(nullable || next.nullCount() == 0, "has nulls in column " + column);
      return next.nullCount() != 0;
    }

    /** Checks the next buffer; returns where it begins in the batch. */
    private int data(String column, long needed) {
      var next = batch.buffers(buffer++);
      boolean inside =
          next.offset() >= 0
              && next.offset() % 8 == 0
              && next.length() >= needed
              && next.offset() <= body
              && next.length() <= body - next.offset();
      require(inside, "has too few bytes in column " + column);
      return metadata + (int) next.offset();
    }
  }
}
