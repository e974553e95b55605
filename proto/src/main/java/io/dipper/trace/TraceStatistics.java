package io.dipper.trace;

import io.dipper.progress.Progress;
import io.dipper.trace.SiteColumns.Column;
import java.util.List;
import java.util.stream.LongStream;

/** Statistics of a trace's magnitudes, per layer and site. */
public final class TraceStatistics {
  private TraceStatistics() {}

  /**
   * Scans the whole trace, on all cores.
   *
   * @return layer by layer, in the order of the file's columns
   */
  public static List<SiteStatistics> of(TraceReader trace, Progress progress) {
    List<Column> columns = trace.columns();
    progress.start("inspecting", "columns", columns.size());
    return columns.stream()
        .parallel()
        .map(
            column -> {
              SiteStatistics statistics =
                  of(trace.column(column.layer(), column.site()), column.layer(), column.site());
              progress.advance(1);
              return statistics;
            })
        .toList();
  }

  /** Scans one column. */
  public static SiteStatistics of(SiteColumn column, int layer, Site site) {
    MagnitudeCounts counts = MagnitudeCounts.of(column);
    return new SiteStatistics(
        layer, site, counts.total(), counts.mean(), counts.rootMeanSquare(), shape(counts));
  }

  private static SiteStatistics.Shape shape(MagnitudeCounts counts) {
    return new SiteStatistics.Shape(
        new SiteStatistics.Percentiles(
            counts.quantile(0.5),
            counts.quantile(0.9),
            counts.quantile(0.99),
            counts.quantile(0.999)),
        counts.quantile(1),
        (double) counts.count(0) / counts.total(),
        counts.count(Fp16.FINITE_MAGNITUDES - 1),
        LongStream.of(counts.octaves()).boxed().toList());
  }
}
