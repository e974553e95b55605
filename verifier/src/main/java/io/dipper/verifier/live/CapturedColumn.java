package io.dipper.verifier.live;

import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * One site of one layer in a mapped file, in pieces of whole rows; values are as wide as a trace
 * has them. One thread writes, many may read.
 */
final class CapturedColumn implements SiteColumn {
  private final boolean half;
  private final int width;
  private final int rows;
  private final int rowsPerPiece;
  private final List<Piece> pieces = new ArrayList<>();
  private final short[] rounded;

  /** Bytes seen as halves and as floats. */
  private record Piece(ShortBuffer halves, FloatBuffer floats) {}

  /**
   * Appends the room of a column to a file.
   *
   * @param width values of a row
   */
  CapturedColumn(FileChannel channel, Site site, int width, int rows) throws IOException {
    int bytesPerRow = width * site.element().bytes();
    this.half = site.element() == Site.Element.FP16;
    this.width = width;
    this.rows = rows;
    this.rowsPerPiece = Integer.MAX_VALUE / bytesPerRow;
    this.rounded = new short[half ? width : 0];
    for (int row = 0; row < rows; row += rowsPerPiece) {
      long bytes = (long) Math.min(rowsPerPiece, rows - row) * bytesPerRow;
      ByteBuffer mapped =
          channel
              .map(FileChannel.MapMode.READ_WRITE, channel.size(), bytes)
              .order(ByteOrder.nativeOrder());
      pieces.add(new Piece(mapped.asShortBuffer(), mapped.asFloatBuffer()));
    }
  }

  /** Takes in rows that follow one another, row-major. */
  void write(int firstRow, int count, float[] values) {
    for (int r = 0; r < count; r++) {
      Piece piece = pieces.get((firstRow + r) / rowsPerPiece);
      int at = (firstRow + r) % rowsPerPiece * width;
      if (half) {
        Fp16.encode(values, r * width, rounded, 0, width);
        piece.halves().put(at, rounded, 0, width);
      } else {
        piece.floats().put(at, values, r * width, width);
      }
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void read(int row, short[] out) {
    if (half) {
      pieces.get(row / rowsPerPiece).halves().get(row % rowsPerPiece * width, out, 0, width);
    } else {
      float[] values = new float[width];
      read(row, values);
      Fp16.encode(values, 0, out, 0, width);
    }
  }

  @Override
  public void read(int row, float[] out) {
    if (half) {
      SiteColumn.super.read(row, out);
    } else {
      pieces.get(row / rowsPerPiece).floats().get(row % rowsPerPiece * width, out, 0, width);
    }
  }
}
