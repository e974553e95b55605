package io.dipper.hwsim.replay.layout;

import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import java.util.List;

/**
 * The reads of whole pages that fetch some columns of a layer's experts. The columns of an expert
 * follow one another in each slice; pages that touch or overlap are one read.
 *
 * @param reads how many
 * @param pages that they read
 */
public record ColumnReads(int reads, int pages) {
  /**
   * The reads of some columns.
   *
   * @param slices in which the columns lie
   * @param columns how many an expert has
   * @param wanted columns, counted over all experts of the layer, ascending
   */
  public static ColumnReads of(List<Slice> slices, int columns, int[] wanted, long pageBytes) {
    int reads = 0;
    long pages = 0;
    for (Slice slice : slices) {
      long last = Long.MIN_VALUE;
      for (int each : wanted) {
        long expert = slice.place() + each / columns * slice.bytes();
        int column = each % columns;
        long from = expert + column * slice.bytes() / columns;
        long to = expert + (column + 1) * slice.bytes() / columns;
        long first = from / pageBytes;
        long end = (to - 1) / pageBytes;
        reads += first > last + 1 ? 1 : 0;
        pages += Math.max(0, end - Math.max(first, last + 1) + 1);
        last = Math.max(last, end);
      }
    }
    return new ColumnReads(reads, Math.toIntExact(pages));
  }
}
