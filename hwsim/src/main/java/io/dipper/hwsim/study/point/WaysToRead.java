package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.time.rules.AccountingRules;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.UnitOrder;
import io.dipper.registry.Trait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ways to read a point's units that layout auto stands for: each layout that is made for masks,
 * each order, and some gaps.
 */
public final class WaysToRead {
  private static final List<LayoutKind> LAYOUTS =
      List.of(LayoutKind.COLUMN_MAJOR, LayoutKind.BUNDLED);
  private static final List<UnitOrder> ORDERS = List.of(UnitOrder.NATURAL, UnitOrder.CO_ACTIVATION);

  /** From nothing to what a drive reads in about the time of a request. */
  private static final List<Double> GAPS = List.of(0.0, 4096.0, 16_384.0, 65_536.0);

  private WaysToRead() {}

  /**
   * A point in every way; it alone where its layout is not auto. An order or a gap that is not the
   * default is kept. Where the layout does not matter there is one way: of dense points, of
   * experts, and where the accounting knows no reads.
   *
   * @param config complete
   */
  public static List<PointConfig> of(PointConfig config) {
    return config.getLayout() == LayoutKind.AUTO ? ways(config, ORDERS) : List.of(config);
  }

  /** A point in every way that keeps the model's order of units. */
  static List<PointConfig> inNaturalOrder(PointConfig config) {
    return ways(config, List.of(UnitOrder.NATURAL));
  }

  private static List<PointConfig> ways(PointConfig config, List<UnitOrder> orders) {
    PointConfig plain = config.toBuilder().setLayout(LAYOUTS.get(0)).build();
    if (Experts.in(config.getModel()) || Policies.has(config.getPolicy(), Trait.DENSE)) {
      return List.of(plain);
    }
    boolean paged = Caches.has(config.getCache(), Trait.PAGED);
    boolean ordered = paged || config.getUnitOrder() != UnitOrder.NATURAL;
    boolean gapped = paged || config.getMaxGap() != 0;
    List<PointConfig> ways = new ArrayList<>();
    Set<PointConfig> reads = new HashSet<>();
    for (LayoutKind layout : LAYOUTS) {
      for (UnitOrder order : ordered ? List.of(config.getUnitOrder()) : orders) {
        for (double gap : gapped ? List.of(config.getMaxGap()) : GAPS) {
          PointConfig way =
              plain.toBuilder().setLayout(layout).setUnitOrder(order).setMaxGap(gap).build();
          if (reads.add(AccountingRules.of(way).reads(way))) {
            ways.add(way);
          }
        }
      }
    }
    return ways;
  }
}
