package io.dipper.trace;

import io.dipper.error.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * The memory from which record batches are written, allocated once and used again for each. Columns
 * without nulls have no validity bitmap, as Arrow allows.
 */
final class BatchBuffers implements AutoCloseable {
  private final Path file;
  private final TraceLayout layout;
  private final ArrowBuf none;
  private final ArrowBuf sequence;
  private final ArrowBuf position;
  private final ArrowBuf token;
  private final ArrowBuf nll;
  private final ArrowBuf nllValidity;
  private final List<ArrowBuf> sites = new ArrayList<>();

  BatchBuffers(Path file, TraceLayout layout, BufferAllocator allocator, int maxRows) {
    this.file = file;
    this.layout = layout;
    this.none = allocator.getEmpty();
    this.sequence = allocator.buffer((long) Integer.BYTES * maxRows);
    this.position = allocator.buffer((long) Integer.BYTES * maxRows);
    this.token = allocator.buffer((long) Integer.BYTES * maxRows);
    this.nll = allocator.buffer((long) Float.BYTES * maxRows);
    this.nllValidity = allocator.buffer((maxRows + 7L) / 8);
    for (int column = 0; column < layout.siteColumns(); column++) {
      sites.add(allocator.buffer(maxRows * layout.column(column).bytesPerRow()));
    }
  }

  /**
   * A record batch of some of a block's rows; it holds these buffers until it is closed.
   *
   * @param traceRow the row of the trace that the first one becomes
   * @throws UserException where a value is not finite; it names column and row
   */
  ArrowRecordBatch batch(TraceBlock block, int firstRow, int rows, long traceRow) {
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> buffers = new ArrayList<>();
    int nulls = fillTokens(block, firstRow, rows, traceRow);
    for (ArrowBuf column : List.of(sequence, position, token)) {
      add(nodes, buffers, rows, column, Integer.BYTES);
    }
    nodes.add(new ArrowFieldNode(rows, nulls));
    buffers.add(nulls == 0 ? none : nllValidity.writerIndex((rows + 7L) / 8));
    buffers.add(nll.writerIndex((long) Float.BYTES * rows));
    for (int column = 0; column < sites.size(); column++) {
      fillSite(column, block, firstRow, rows, traceRow);
      nodes.add(new ArrowFieldNode(rows, 0));
      buffers.add(none);
      int bytes = layout.column(column).site().element().bytes();
      add(nodes, buffers, rows * layout.width(column), sites.get(column), bytes);
    }
    return new ArrowRecordBatch(rows, nodes, buffers);
  }

  private void add(
      List<ArrowFieldNode> nodes, List<ArrowBuf> buffers, int values, ArrowBuf data, int bytes) {
    nodes.add(new ArrowFieldNode(values, 0));
    buffers.add(none);
    buffers.add(data.writerIndex((long) values * bytes));
  }

  /** Returns how many losses are null. */
  private int fillTokens(TraceBlock block, int firstRow, int rows, long traceRow) {
    int nulls = 0;
    nllValidity.setZero(0, nllValidity.capacity());
    for (int row = 0; row < rows; row++) {
      sequence.setInt(4L * row, block.sequence(firstRow + row));
      position.setInt(4L * row, block.position(firstRow + row));
      token.setInt(4L * row, block.token(firstRow + row));
      float loss = block.nll(firstRow + row);
      if (Float.isInfinite(loss)) {
        throw notFinite("nll", traceRow + row);
      }
      if (Float.isNaN(loss)) {
        nulls++;
        nll.setFloat(4L * row, 0);
      } else {
        nllValidity.setByte(row >> 3, nllValidity.getByte(row >> 3) | 1 << (row & 7));
        nll.setFloat(4L * row, loss);
      }
    }
    return nulls;
  }

  private void fillSite(int column, TraceBlock block, int firstRow, int rows, long traceRow) {
    Site.Element element = layout.column(column).site().element();
    int width = layout.width(column);
    int n = rows * width;
    int from = firstRow * width;
    ByteBuffer bytes =
        sites.get(column).nioBuffer(0, element.bytes() * n).order(ByteOrder.LITTLE_ENDIAN);
    switch (element) {
      case FP16 -> bytes.asShortBuffer().put(block.values(column), from, n);
      case FP32 -> bytes.asFloatBuffer().put(block.floats(column), from, n);
      case INT32 -> {
        float[] numbers = block.floats(column);
        for (int i = 0; i < n; i++) {
          bytes.putInt(Integer.BYTES * i, (int) numbers[from + i]);
        }
      }
    }
    int bad = FiniteValues.firstNotFinite(element, bytes, 0, n);
    if (bad >= 0) {
      throw notFinite(layout.name(column), traceRow + bad / width);
    }
  }

  private UserException notFinite(String column, long row) {
    return UserException.in(
        file, "column " + column + ", row " + row + ": the model made a value that is not finite");
  }

  @Override
  public void close() {
    sites.forEach(ArrowBuf::close);
    for (ArrowBuf buffer : List.of(sequence, position, token, nll, nllValidity)) {
      buffer.close();
    }
  }
}
