package io.dipper.hwsim.device;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.proto.Extrapolate;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;

/**
 * A Flash device whose throughput was measured for some sizes of reads and some numbers of lanes
 * (reads in flight). Between them the logarithm of the throughput is linear in the logarithms of
 * size and lanes, so that a limit of bandwidth and a limit of requests per second are both exact.
 *
 * <p>Outside the table nothing is known: an error, or with {@code extrapolate: clamp} the edge is
 * the limit. A read that is smaller, or has fewer beside it, then takes as long as the smallest
 * with the fewest beside it; larger reads and more lanes have the throughput of the largest and of
 * the most.
 *
 * <p>m reads of s bytes on l lanes go in rounds: {@code floor(m / l)} of l reads and one of the
 * rest, a round of k reads taking {@code k s / throughput(s, k)}.
 */
public final class TableFlash implements FlashTiming {
  private final double[] sizes;
  private final double[] lanes;
  private final double[][] logThroughputs;
  private final boolean clamp;
  private final double inFlight;
  private final double pageSize;

  /** A device as its profile says, which has a table. */
  public TableFlash(Flash flash) {
    FlashTable table = flash.getTable();
    sizes = table.getRowsList().stream().mapToDouble(FlashTableRow::getSize).toArray();
    lanes = table.getLanesList().stream().mapToDouble(Double::doubleValue).toArray();
    logThroughputs =
        table.getRowsList().stream()
            .map(row -> row.getThroughputList().stream().mapToDouble(Math::log).toArray())
            .toArray(double[][]::new);
    clamp = table.getExtrapolate() == Extrapolate.CLAMP;
    double most = flash.hasLanes() ? flash.getLanes().getValue() : last(lanes);
    inFlight = flash.hasQueueDepth() ? Math.min(most, flash.getQueueDepth().getValue()) : most;
    pageSize = flash.getPageSize().getValue();
  }

  @Override
  public double bytesRead(double bytes) {
    return pageSize == 0 ? bytes : Math.ceil(bytes / pageSize) * pageSize;
  }

  @Override
  public double requestsSeconds(double requests, double bytes) {
    return inRounds(requests, bytesRead(bytes));
  }

  /**
   * A stream is read on all lanes in equal reads, as large as the largest of the table and not
   * below the smallest; one that continues another leaves no lane idle at its end.
   */
  @Override
  public double streamSeconds(double bytes, boolean continued) {
    double read = bytesRead(bytes);
    double size = Math.min(Math.max(read / inFlight, sizes[0]), last(sizes));
    double reads = Math.max(1, Math.ceil(read / size * (1 - 1e-12)));
    return continued
        ? reads / inFlight * roundSeconds(read / reads, inFlight)
        : inRounds(reads, read / reads);
  }

  private double inRounds(double requests, double read) {
    double rounds = Math.floor(requests / inFlight);
    double rest = requests - rounds * inFlight;
    return (rounds > 0 ? rounds * roundSeconds(read, inFlight) : 0)
        + (rest > 0 ? roundSeconds(read, rest) : 0);
  }

  /** The seconds of reads side by side, one on each lane. */
  private double roundSeconds(double size, double reads) {
    if (!clamp) {
      check("reads of ", size, sizes, Dimension.BYTES);
      check("lanes: ", reads, lanes, Dimension.NUMBER);
    }
    double slowSize = Math.max(size, sizes[0]);
    double slowReads = Math.max(reads, lanes[0]);
    double knownSize = Math.min(slowSize, last(sizes));
    double knownReads = Math.min(slowReads, last(lanes));
    return slowSize * slowReads / throughput(knownSize, knownReads);
  }

  private double throughput(double size, double reads) {
    int row = below(sizes, size);
    int column = below(lanes, reads);
    double down = share(sizes, row, size);
    double across = share(lanes, column, reads);
    return Math.exp(
        (1 - down) * across(row, column, across)
            + (down > 0 ? down * across(row + 1, column, across) : 0));
  }

  private double across(int row, int column, double share) {
    double[] values = logThroughputs[row];
    return (1 - share) * values[column] + (share > 0 ? share * values[column + 1] : 0);
  }

  /** The last place whose value is not above a given one. */
  private static int below(double[] rising, double value) {
    int place = 0;
    while (place + 1 < rising.length && rising[place + 1] <= value) {
      place++;
    }
    return place;
  }

  /** How far a value is on its way from one place to the next, in logarithms. */
  private static double share(double[] rising, int place, double value) {
    return value == rising[place]
        ? 0
        : Math.log(value / rising[place]) / Math.log(rising[place + 1] / rising[place]);
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static void check(String what, double value, double[] rising, Dimension dimension) {
    if (value < rising[0] || value > last(rising)) {
      throw new UserException(
          "flash.table does not tell of "
              + what
              + Units.print(value, dimension)
              + ", it goes from "
              + Units.print(rising[0], dimension)
              + " to "
              + Units.print(last(rising), dimension)
              + "; measure them, or write 'extrapolate: clamp'");
    }
  }
}
