package io.dipper.hwsim.profile.fit;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.proto.Extrapolate;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.Provenance;
import java.util.Comparator;
import java.util.List;

/** Measurements as a table: every point is met exactly, what lies outside is clamped. */
public final class TableFit {
  private TableFit() {}

  /**
   * The table of a curve.
   *
   * @param source who measured it
   * @throws UserException if a number of lanes lacks for a size (and range)
   */
  public static FlashFit of(MeasuredCurve curve, String source) {
    List<MeasuredPoint> points = curve.points();
    List<Integer> lanes = points.stream().map(MeasuredPoint::lanes).distinct().sorted().toList();
    FlashTable.Builder table =
        FlashTable.newBuilder()
            .setFrom(Provenance.MEASURED)
            .setSource(source)
            .setExtrapolate(Extrapolate.CLAMP);
    lanes.forEach(table::addLanes);
    points.stream()
        .map(p -> new MeasuredPoint(p.size(), 0, p.range(), 0, 0))
        .distinct()
        .sorted(
            Comparator.comparingDouble(MeasuredPoint::size)
                .thenComparingDouble(MeasuredPoint::range))
        .forEach(row -> table.addRows(row(curve, row, lanes)));
    double top = points.stream().mapToDouble(MeasuredPoint::throughput).max().orElseThrow();
    Flash flash =
        Flash.newBuilder()
            .setMaxBandwidth(Quantities.measured(top, source + ": the highest point"))
            .setLanes(Quantities.measured(lanes.get(lanes.size() - 1), source + ": the most"))
            .setTable(table)
            .build();
    return new FlashFit(
        flash, points.stream().map(p -> new FlashFit.Residual(p, p.throughput())).toList());
  }

  private static FlashTableRow row(MeasuredCurve curve, MeasuredPoint key, List<Integer> lanes) {
    FlashTableRow.Builder row = FlashTableRow.newBuilder().setSize(key.size());
    if (key.range() < Double.POSITIVE_INFINITY) {
      row.setRange(key.range());
    }
    for (int lane : lanes) {
      row.addThroughput(
          curve.points().stream()
              .filter(p -> p.size() == key.size() && p.range() == key.range() && p.lanes() == lane)
              .mapToDouble(MeasuredPoint::throughput)
              .findFirst()
              .orElseThrow(() -> lacking(curve, row, lane)));
    }
    return row.build();
  }

  private static UserException lacking(MeasuredCurve curve, FlashTableRow.Builder row, int lanes) {
    return new UserException(
        curve.file()
            + ": a table needs every size at every number of lanes, and "
            + Units.print(row.getSize(), Dimension.BYTES)
            + (row.hasRange() ? " within " + Units.print(row.getRange(), Dimension.BYTES) : "")
            + " lacks at "
            + lanes
            + " lanes; measure it, or take --form affine");
  }
}
