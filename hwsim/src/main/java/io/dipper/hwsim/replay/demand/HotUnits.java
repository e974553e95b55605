package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The units of each column of a recording in the order of their mean magnitude over all rows, the
 * largest first, ties by index: what a prompt of the same kind of text would leave in a cache. A
 * column is read once, when it is first asked for. Safe for use by many threads.
 */
public final class HotUnits {
  private record Column(int layer, Site site) {}

  private final Recording recording;
  private final Map<Column, int[]> orders = new ConcurrentHashMap<>();
  private final UsedUnits used;

  public HotUnits(Recording recording) {
    this.recording = recording;
    this.used = new UsedUnits(recording);
  }

  /** The units by how often masks select them. */
  UsedUnits used() {
    return used;
  }

  /**
   * The units with the largest means.
   *
   * @param count how many; all where there are fewer
   * @throws io.dipper.error.UserException if the site was not recorded
   */
  UnitSet hottest(int layer, UnitGroup group, int count) {
    int[] order =
        orders.computeIfAbsent(
            new Column(layer, group.valueSite()),
            column -> order(recording.column(column.layer, column.site)));
    UnitSet hottest = new UnitSet(order.length);
    for (int i = 0; i < Math.min(count, order.length); i++) {
      hottest.add(order[i]);
    }
    return hottest;
  }

  private static int[] order(SiteColumn column) {
    double[] sums = new double[column.width()];
    short[] bits = new short[column.width()];
    float[] values = new float[column.width()];
    for (int row = 0; row < column.rows(); row++) {
      column.read(row, bits);
      Fp16.decode(bits, 0, values, 0, bits.length);
      for (int unit = 0; unit < sums.length; unit++) {
        sums[unit] += Math.abs(values[unit]);
      }
    }
    return IntStream.range(0, sums.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(unit -> -sums[unit]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
