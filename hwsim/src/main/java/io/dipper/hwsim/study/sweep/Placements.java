package io.dipper.hwsim.study.sweep;

import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.proto.UnitOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How units lie on Flash and are fetched from it: the part of a grid that {@code layout}, {@code
 * unit_order}, {@code max_gap}, {@code min_request} and {@code speculation} span.
 *
 * @param maxGaps in bytes
 * @param minRequests in bytes
 */
record Placements(
    List<LayoutKind> layouts,
    List<UnitOrder> orders,
    List<Double> maxGaps,
    List<Double> minRequests,
    List<Speculation> speculations) {

  /** A point in each of these ways, the last dimension fastest. */
  List<PointConfig.Builder> of(PointConfig.Builder point) {
    List<PointConfig.Builder> points = new ArrayList<>();
    for (LayoutKind layout : layouts) {
      for (UnitOrder order : orders) {
        for (double maxGap : maxGaps) {
          for (double minRequest : minRequests) {
            point.setLayout(layout).setUnitOrder(order).setMaxGap(maxGap).setMinRequest(minRequest);
            speculations.forEach(kind -> points.add(point.clone().setSpeculation(kind)));
          }
        }
      }
    }
    return points;
  }

  long size() {
    return (long) layouts.size()
        * orders.size()
        * maxGaps.size()
        * minRequests.size()
        * speculations.size();
  }
}
