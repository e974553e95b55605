package io.dipper.hwsim.time.device;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import java.util.List;

/**
 * Measured throughputs of random reads by size, number in flight and range (the bytes that they are
 * confined to). Between measured points the logarithm of the throughput is linear in the logarithms
 * of all three. A row without a range holds for every range above the largest that was measured for
 * its size.
 */
final class FlashGrid {
  private final double[] sizes;
  private final double[] lanes;

  /** The ranges of each size, rising; infinite for a row without one. */
  private final double[][] ranges;

  /** Logarithms of bytes per second, by size, range and lanes. */
  private final double[][][] logThroughputs;

  /** A grid as a checked table gives it. */
  FlashGrid(FlashTable table) {
    lanes = table.getLanesList().stream().mapToDouble(Double::doubleValue).toArray();
    sizes = table.getRowsList().stream().mapToDouble(FlashTableRow::getSize).distinct().toArray();
    ranges = new double[sizes.length][];
    logThroughputs = new double[sizes.length][][];
    for (int i = 0; i < sizes.length; i++) {
      double size = sizes[i];
      List<FlashTableRow> rows =
          table.getRowsList().stream().filter(row -> row.getSize() == size).toList();
      ranges[i] = rows.stream().mapToDouble(FlashGrid::range).toArray();
      logThroughputs[i] =
          rows.stream()
              .map(row -> row.getThroughputList().stream().mapToDouble(Math::log).toArray())
              .toArray(double[][]::new);
    }
  }

  /** The range of a row; infinite where it has none. */
  static double range(FlashTableRow row) {
    return row.hasRange() ? row.getRange() : Double.POSITIVE_INFINITY;
  }

  double smallest() {
    return sizes[0];
  }

  double largest() {
    return last(sizes);
  }

  double fewest() {
    return lanes[0];
  }

  double most() {
    return last(lanes);
  }

  /**
   * Throws where nothing is known of such reads.
   *
   * @throws UserException which names what was measured
   */
  void check(double size, double reads, double span) {
    check("reads of ", size, sizes, Dimension.BYTES);
    check("lanes: ", reads, lanes, Dimension.NUMBER);
    int row = below(sizes, size);
    check("reads within ", span, ranges[row], Dimension.BYTES);
    if (size > sizes[row]) {
      check("reads within ", span, ranges[row + 1], Dimension.BYTES);
    }
  }

  /** Whether such reads lie between measured ones. */
  boolean tells(double size, double reads, double span) {
    int row = below(sizes, size);
    return isWithin(size, sizes)
        && isWithin(reads, lanes)
        && isWithin(span, ranges[row])
        && (size <= sizes[row] || row + 1 == sizes.length || isWithin(span, ranges[row + 1]));
  }

  private static boolean isWithin(double value, double[] rising) {
    boolean only = Double.isInfinite(last(rising)) && (rising.length == 1 || value >= rising[0]);
    // Sizes that were divided evenly may miss the edge by rounding.
    double slack = 1e-9 * value;
    return only || value + slack >= rising[0] && value - slack <= last(rising);
  }

  /** Bytes per second of all reads; at the grid's edge where they lie outside of it. */
  double throughput(double size, double reads, double span) {
    double knownSize = clamp(size, sizes);
    double knownReads = clamp(reads, lanes);
    int row = below(sizes, knownSize);
    int column = below(lanes, knownReads);
    double down = share(sizes, row, knownSize);
    double across = share(lanes, column, knownReads);
    return Math.exp(
        (1 - down) * within(row, column, across, span)
            + (down > 0 ? down * within(row + 1, column, across, span) : 0));
  }

  private double within(int row, int column, double across, double span) {
    double knownSpan = clamp(span, ranges[row]);
    int place = below(ranges[row], knownSpan);
    double share = share(ranges[row], place, knownSpan);
    return (1 - share) * across(logThroughputs[row][place], column, across)
        + (share > 0 ? share * across(logThroughputs[row][place + 1], column, across) : 0);
  }

  private static double across(double[] values, int column, double share) {
    return (1 - share) * values[column] + (share > 0 ? share * values[column + 1] : 0);
  }

  private static double clamp(double value, double[] rising) {
    return Math.min(Math.max(value, rising[0]), last(rising));
  }

  /** The last place whose value is not above a given one. */
  private static int below(double[] rising, double value) {
    int place = 0;
    while (place + 1 < rising.length && rising[place + 1] <= value) {
      place++;
    }
    return place;
  }

  /**
   * How far a value is on its way from one place to the next, in logarithms; all the way where the
   * next is infinite.
   */
  private static double share(double[] rising, int place, double value) {
    if (value == rising[place]) {
      return 0;
    }
    return Double.isInfinite(rising[place + 1])
        ? 1
        : Math.log(value / rising[place]) / Math.log(rising[place + 1] / rising[place]);
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static void check(String what, double value, double[] rising, Dimension dimension) {
    boolean only = rising.length == 1 && Double.isInfinite(rising[0]);
    if (!only && (value < rising[0] || value > last(rising))) {
      throw new UserException(
          "flash.table does not tell of "
              + what
              + print(value, dimension)
              + ", it goes from "
              + print(rising[0], dimension)
              + " to "
              + print(last(rising), dimension)
              + "; measure them, or write 'extrapolate: clamp'");
    }
  }

  private static String print(double value, Dimension dimension) {
    return Double.isInfinite(value) ? "the whole device" : Units.print(value, dimension);
  }
}
