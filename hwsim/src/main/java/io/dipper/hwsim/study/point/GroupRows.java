package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.HitRates;
import io.dipper.hwsim.replay.demand.ReadTotals;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.GroupRow.Counts;
import io.dipper.hwsim.study.result.GroupRow.Mask;
import io.dipper.hwsim.study.result.GroupRow.Recall;
import io.dipper.hwsim.study.result.GroupRow.Sizes;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.WeightBits;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums a simulated point up by the masks of its policy. */
final class GroupRows {
  private final String pointId;
  private final PlannedPoint point;
  private final Demand demand;
  private final WeightBits bits;

  private GroupRows(String pointId, PlannedPoint point, Demand demand) {
    this.pointId = pointId;
    this.point = point;
    this.demand = demand;
    this.bits = ModelBytes.of(point.config()).bits();
  }

  /** A row for each group, in the policy's order. */
  static List<GroupRow> of(String pointId, PlannedPoint point, Demand demand) {
    GroupRows rows = new GroupRows(pointId, point, demand);
    return IntStream.range(0, demand.groups().size()).mapToObj(rows::row).toList();
  }

  private GroupRow row(int g) {
    UnitGroup group = demand.groups().get(g);
    double unitBytes =
        IntStream.range(0, demand.layers())
            .mapToDouble(layer -> demand.reading().unitBytes(group, layer, bits))
            .average()
            .orElse(0);
    ReadTotals reads = demand.reads(g, unitBytes);
    String signals = group.signals().stream().map(Signal::id).collect(Collectors.joining("+"));
    String covers = group.covers().stream().map(GroupRows::name).collect(Collectors.joining("+"));
    return new GroupRow(
        pointId,
        g,
        new Mask(signals, group.space().id(), covers),
        new Sizes(group.units(), unitBytes, point.plan().cacheColumns()[g]),
        new Counts(
            demand.total(Count.SELECTED, g),
            demand.total(Count.HITS, g),
            reads.units(),
            reads.pages(),
            known(HitRates.of(demand, g)),
            known(demand.retainedEnergy(g))),
        recall(g));
  }

  private Recall recall(int g) {
    double[] layers =
        IntStream.range(0, demand.layers()).mapToDouble(layer -> demand.recall(g, layer)).toArray();
    double mean = Arrays.stream(layers).average().orElse(Double.NaN);
    return Double.isNaN(mean)
        ? new Recall(null, null)
        : new Recall(
            mean,
            Arrays.stream(layers)
                .mapToObj(layer -> String.format(Locale.ROOT, "%.4f", layer))
                .collect(Collectors.joining(" ")));
  }

  private static String name(Matrix matrix) {
    return matrix.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }
}
