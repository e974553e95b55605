package io.dipper.hwsim.time.device;

import io.dipper.proto.Extrapolate;
import io.dipper.proto.Flash;

/**
 * A Flash device whose throughput was measured for some sizes of reads and some numbers of lanes
 * (reads in flight), perhaps for some ranges too: a {@link FlashGrid}.
 *
 * <p>Outside the table nothing is known: an error, or with {@code extrapolate: clamp} the edge is
 * the limit. A read that is smaller, or has fewer beside it, then takes as long as the smallest
 * with the fewest beside it; larger reads, more lanes, and ranges outside have the throughput of
 * the edge.
 *
 * <p>m reads of s bytes on l lanes go in rounds: {@code floor(m / l)} of l reads and one of the
 * rest, a round of k reads taking {@code k s / throughput(s, k)}.
 *
 * <p>A stream goes at {@code sequential_bandwidth} where the profile gives it, otherwise as random
 * reads do.
 */
public final class TableFlash implements FlashTiming {
  private static final double ANYWHERE = Double.POSITIVE_INFINITY;

  private final FlashGrid grid;
  private final boolean clamp;
  private final double inFlight;
  private final double pageSize;
  private final boolean sequential;
  private final double sequentialBandwidth;
  private final boolean measuredStream;
  private final double streamRead;
  private final double streamInFlight;

  /** A device as its profile says, which has a table. */
  public TableFlash(Flash flash) {
    grid = new FlashGrid(flash.getTable());
    clamp = flash.getTable().getExtrapolate() == Extrapolate.CLAMP;
    inFlight = ReadsInFlight.of(flash);
    pageSize = flash.getPageSize().getValue();
    sequential = flash.hasSequentialBandwidth();
    sequentialBandwidth = flash.getSequentialBandwidth().getValue();
    measuredStream = flash.hasStreamRead();
    streamRead = measuredStream ? flash.getStreamRead().getValue() : grid.largest();
    streamInFlight = ReadsInFlight.ofStream(flash);
  }

  @Override
  public double bytesRead(double bytes) {
    return pageSize == 0 ? bytes : Math.ceil(bytes / pageSize) * pageSize;
  }

  @Override
  public double requestsSeconds(double requests, double bytes, double span) {
    return inRounds(requests, bytesRead(bytes), span);
  }

  /**
   * Seconds at the sequential bandwidth, in reads that are shorter than those it was measured with
   * by as much more as random ones of their size take; but no sooner than the first of its reads
   * end: as many as a stream has in flight, which a short one is alone with. That is so for one
   * that continues another too: it is asked for when there is room for it, which is when the other
   * has come. Without the bandwidth a stream is read on all lanes in equal reads, as large as the
   * largest of the table and not below the smallest. One that continues another then leaves no lane
   * idle at its end.
   */
  @Override
  public double streamSeconds(double bytes, double requests, boolean continued) {
    double read = bytesRead(bytes);
    if (sequential) {
      double each = read / requests;
      double first = clampedSeconds(each, Math.min(requests, streamInFlight), ANYWHERE);
      return Math.max(slower(each) * read / sequentialBandwidth, first);
    }
    double reads = streamReads(read);
    return continued
        ? reads / inFlight * roundSeconds(read / reads, inFlight, ANYWHERE)
        : inRounds(reads, read / reads, ANYWHERE);
  }

  @Override
  public double streamRequests(double bytes) {
    return streamReads(bytesRead(bytes));
  }

  private double streamReads(double read) {
    double least = read / inFlight;
    double size =
        sequential ? streamRead : Math.min(Math.max(least, grid.smallest()), grid.largest());
    return Math.max(1, Math.ceil(read / size * (1 - 1e-12)));
  }

  /** The bytes of reads that lie outside the table, whole pages. */
  double unmeasuredBytes(double requests, double bytes, double span) {
    double size = bytesRead(bytes);
    double rounds = Math.floor(requests / inFlight);
    double rest = requests - rounds * inFlight;
    double whole = rounds > 0 && !grid.tells(size, inFlight, span) ? rounds * inFlight : 0;
    return size * (whole + (rest > 0 && !grid.tells(size, rest, span) ? rest : 0));
  }

  /**
   * The bytes of a stream's reads that lie outside the table; none where streams have a bandwidth
   * of their own.
   */
  double unmeasuredStreamBytes(double bytes) {
    double read = bytesRead(bytes);
    double reads = streamReads(read);
    double most = Math.min(reads, streamInFlight);
    return sequential || grid.tells(read / reads, most, ANYWHERE) ? 0 : read;
  }

  /** The reads that the device works on at once. */
  double lanes() {
    return inFlight;
  }

  private double inRounds(double requests, double read, double span) {
    double rounds = Math.floor(requests / inFlight);
    double rest = requests - rounds * inFlight;
    return (rounds > 0 ? rounds * roundSeconds(read, inFlight, span) : 0)
        + (rest > 0 ? roundSeconds(read, rest, span) : 0);
  }

  /**
   * The seconds of reads side by side, one on each lane: how long each of them lasts.
   *
   * @param size of each, whole pages
   * @throws io.dipper.error.UserException if the table does not tell of them
   */
  double roundSeconds(double size, double reads, double span) {
    if (!clamp) {
      grid.check(size, reads, span);
    }
    return clampedSeconds(size, reads, span);
  }

  private double clampedSeconds(double size, double reads, double span) {
    double slowSize = Math.max(size, grid.smallest());
    double slowReads = Math.max(reads, grid.fewest());
    return slowSize * slowReads / grid.throughput(slowSize, slowReads, span);
  }

  /** How many times as long a byte takes in reads of some size as in those of a measured stream. */
  private double slower(double each) {
    if (!measuredStream || each >= streamRead) {
      return 1;
    }
    double own = clampedSeconds(each, streamInFlight, ANYWHERE) / each;
    return Math.max(1, own * streamRead / clampedSeconds(streamRead, streamInFlight, ANYWHERE));
  }
}
