package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The oracle: all values of a column, widened and sorted. */
class TraceStatisticsTest {
  @Test
  void goldenTrace_everyColumn_equalsSortingItsValues() {
    try (TraceReader trace = TraceReader.open(Traces.GOLDEN)) {
      List<SiteStatistics> all = TraceStatistics.of(trace, Progress.SILENT);
      assertThat(all).hasSize(24);
      for (int i = 0; i < all.size(); i++) {
        SiteStatistics s = all.get(i);
        assertThat(s.layer()).isEqualTo(i / 4);
        assertThat(s.site()).isEqualTo(Site.values()[i % 4]);
        assertEqualsSorted(s, sorted(trace.column(s.layer(), s.site())));
      }
    }
  }

  private static void assertEqualsSorted(SiteStatistics s, double[] sorted) {
    int n = sorted.length;
    double mean = DoubleStream.of(sorted).sum() / n;
    double square = DoubleStream.of(sorted).map(v -> v * v).sum() / n;
    assertThat(s.values()).isEqualTo(n);
    assertThat(s.meanAbsolute()).isEqualTo(mean, within(mean * 1e-12));
    assertThat(s.rootMeanSquare()).isEqualTo(Math.sqrt(square), within(mean * 1e-12));
    assertThat((double) s.shape().percentiles().p50()).isEqualTo(sorted[(n + 1) / 2 - 1]);
    assertThat((double) s.shape().percentiles().p90()).isEqualTo(sorted[(9 * n + 9) / 10 - 1]);
    assertThat((double) s.shape().percentiles().p99()).isEqualTo(sorted[(99 * n + 99) / 100 - 1]);
    assertThat((double) s.shape().max()).isEqualTo(sorted[n - 1]);
    long zeros = DoubleStream.of(sorted).filter(v -> v == 0).count();
    assertThat(s.shape().zeroShare()).isEqualTo((double) zeros / n);
    assertThat(s.shape().octaves().stream().mapToLong(Long::longValue).sum()).isEqualTo(n - zeros);
    for (int i = 0; i < SiteStatistics.OCTAVES; i++) {
      double low = Math.scalb(1.0, i + SiteStatistics.LOWEST_OCTAVE);
      long inside = DoubleStream.of(sorted).filter(v -> v >= low && v < 2 * low).count();
      assertThat(s.shape().octaves().get(i)).isEqualTo(inside);
    }
  }

  private static double[] sorted(SiteColumn column) {
    double[] values = new double[column.rows() * column.width()];
    short[] row = new short[column.width()];
    for (int i = 0; i < column.rows(); i++) {
      column.read(i, row);
      for (int j = 0; j < row.length; j++) {
        values[i * row.length + j] = Math.abs(Fp16.decode(row[j]));
      }
    }
    Arrays.sort(values);
    return values;
  }

  @Test
  void handMadeColumn_countsZerosLimitsAndTheSmallest() {
    // |v|: 0, 0, 2^-24, 65504; the median by nearest rank is the second of four.
    short[] row = {0, (short) 0x8000, 1, (short) 0xFBFF};
    SiteColumn column =
        new SiteColumn() {
          @Override
          public int width() {
            return 4;
          }

          @Override
          public int rows() {
            return 1;
          }

          @Override
          public void read(int index, short[] out) {
            System.arraycopy(row, 0, out, 0, 4);
          }
        };
    SiteStatistics s = TraceStatistics.of(column, 3, Site.UP);
    assertThat(s.shape().percentiles().p50()).isZero();
    assertThat(s.shape().percentiles().p90()).isEqualTo(65504f);
    assertThat(s.shape().zeroShare()).isEqualTo(0.5);
    assertThat(s.shape().atLimit()).isEqualTo(1);
    assertThat(s.shape().octaves().get(0)).isEqualTo(1);
    assertThat(s.shape().octaves().get(39)).isEqualTo(1);
  }
}
